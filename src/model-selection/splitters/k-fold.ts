import { boolean, checkParams, integer, type ParamsOf, seed } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitByMask } from './split-by-mask.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of folds. */
  nSplits: integer({ min: 2, default: 5 }),
  /** Shuffle the samples once before they are divided. */
  shuffle: boolean({ default: false }),
  /** Seed of the shuffle. */
  randomState: seed(),
};

export type KFoldParams = ParamsOf<typeof spec>;

/**
 * Consecutive folds of almost equal size; each is the test set once. The first `nSamples % nSplits` folds have one
 * sample more.
 *
 * @example
 * import { KFold } from 'fitwise';
 * const [first] = new KFold({ nSplits: 2 }).split(4);
 * first.test; // Int32Array [0, 1]
 */
export class KFold implements Splitter {
  readonly params: KFoldParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter, and on a seed without shuffling. */
  constructor(params: Partial<KFoldParams> = {}) {
    this.params = checkParams('KFold', spec, params);
    checkShuffleSeed('KFold', this.params);
  }

  /** @throws InvalidInputError if there are fewer samples than folds. */
  *split(X: Samples): Generator<Split> {
    const { nSplits, shuffle, randomState } = this.params;
    const count = countSamples(X, 'split with KFold');
    checkFoldCount('KFold', nSplits, count);
    const order = shuffle
      ? randomFrom(randomState).permutation(count)
      : Int32Array.from({ length: count }, (_, i) => i);
    let from = 0;
    for (let fold = 0; fold < nSplits; fold++) {
      const to = from + Math.floor(count / nSplits) + (fold < count % nSplits ? 1 : 0);
      yield splitByMask(count, order.subarray(from, to));
      from = to;
    }
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** @throws InvalidInputError if there are more folds than samples. */
export function checkFoldCount(owner: string, nSplits: number, count: number): void {
  if (nSplits <= count) return;
  throw new InvalidInputError({
    action: `split with ${owner}`,
    rule: `nSamples must be >= nSplits (${nSplits})`,
    received: `nSamples ${count}`,
  });
}
