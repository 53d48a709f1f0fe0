import { checkParams, integer, type ParamsOf, seed } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { checkFoldCount, dealOut } from './k-fold.ts';
import { splitsOfFolds } from './split-where.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** How often the samples are divided anew. */
  nRepeats: integer({ min: 1, default: 10 }),
  /** Seed of all the shuffles, one stream. */
  randomState: seed(),
};

export type RepeatedKFoldParams = ParamsOf<typeof spec>;

/**
 * Shuffled `KFold`, several times with different shuffles.
 *
 * @example
 * import { RepeatedKFold } from 'fitwise';
 * const splitter = new RepeatedKFold({ nSplits: 2, nRepeats: 3, randomState: 0 });
 * [...splitter.split(4)].length; // 6
 */
export class RepeatedKFold implements Splitter {
  readonly params: RepeatedKFoldParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<RepeatedKFoldParams> = {}) {
    this.params = checkParams('RepeatedKFold', spec, params);
  }

  /** @throws InvalidInputError if there are fewer samples than folds. */
  *split(X: Samples): Generator<Split> {
    const { nSplits, nRepeats, randomState } = this.params;
    const count = countSamples(X, 'split with RepeatedKFold');
    checkFoldCount('RepeatedKFold', nSplits, count);
    const random = randomFrom(randomState);
    for (let k = 0; k < nRepeats; k++) yield* splitsOfFolds(dealOut(count, nSplits, random), nSplits);
  }

  getNSplits(): number {
    return this.params.nSplits * this.params.nRepeats;
  }
}
