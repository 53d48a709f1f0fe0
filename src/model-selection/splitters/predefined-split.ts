import { checkLength, checkParams, encodeLabels, integer, listOf, type ParamsOf } from '../../check/index.ts';
import { countSamples } from './count-samples.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** The fold in whose test set each sample is; -1 keeps it in every training set. */
  testFold: listOf(integer({ min: -1, default: 0 }), { default: [] }),
};

export type PredefinedSplitParams = ParamsOf<typeof spec>;

/**
 * Folds that are given, sample by sample.
 *
 * @example
 * import { PredefinedSplit } from 'fitwise';
 * const [first] = new PredefinedSplit({ testFold: [0, 1, -1, 1] }).split(4);
 * first.train; // Int32Array [1, 2, 3]
 */
export class PredefinedSplit implements Splitter {
  readonly params: PredefinedSplitParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError if a fold is no whole number >= -1. */
  constructor(params: Partial<PredefinedSplitParams> = {}) {
    this.params = checkParams('PredefinedSplit', spec, params);
  }

  /**
   * @param X the samples, or their number; the folds say it where it is left out
   * @throws InvalidInputError if there is not one fold per sample
   */
  *split(X: Samples = this.params.testFold.length): Generator<Split> {
    const action = 'split with PredefinedSplit';
    checkLength('testFold', this.params.testFold.length, countSamples(X, action), action);
    const { classes, codes } = encodeLabels(action, this.params.testFold);
    const untested = classes[0] === -1 ? 1 : 0;
    yield* splitsOfFolds(
      codes.map(code => code - untested),
      classes.length - untested,
    );
  }

  getNSplits(): number {
    return new Set(this.params.testFold.filter(fold => fold !== -1)).size;
  }
}
