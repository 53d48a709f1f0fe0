import { checkParams, integer, type ParamsOf, seed, type Target } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';
import { dealOutClasses, readStratified } from './stratified-k-fold.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** How often the samples are divided anew. */
  nRepeats: integer({ min: 1, default: 10 }),
  /** Seed of all the shuffles, one stream. */
  randomState: seed(),
};

export type RepeatedStratifiedKFoldParams = ParamsOf<typeof spec>;

/**
 * Shuffled `StratifiedKFold`, several times with different shuffles.
 *
 * @example
 * import { RepeatedStratifiedKFold } from 'fitwise';
 * const splitter = new RepeatedStratifiedKFold({ nSplits: 2, nRepeats: 3, randomState: 0 });
 * [...splitter.split(4, ['a', 'a', 'b', 'b'])].length; // 6
 */
export class RepeatedStratifiedKFold implements Splitter {
  readonly params: RepeatedStratifiedKFoldParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<RepeatedStratifiedKFoldParams> = {}) {
    this.params = checkParams('RepeatedStratifiedKFold', spec, params);
  }

  /** @throws InvalidInputError without class labels, or if every class has fewer samples than there are folds. */
  *split(X: Samples, y?: Target): Generator<Split> {
    const { nSplits, nRepeats, randomState } = this.params;
    const labels = readStratified('RepeatedStratifiedKFold', X, y, nSplits);
    const random = randomFrom(randomState);
    for (let k = 0; k < nRepeats; k++) yield* splitsOfFolds(dealOutClasses(labels, nSplits, random), nSplits);
  }

  getNSplits(): number {
    return this.params.nSplits * this.params.nRepeats;
  }
}
