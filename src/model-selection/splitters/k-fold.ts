import { boolean, checkParams, integer, type ParamsOf, seed } from '../../check/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { checkShuffleSeed } from './shuffle-seed.ts';
import { splitsOfFolds } from './split-where.ts';
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
    yield* splitsOfFolds(dealOut(count, nSplits, shuffle ? randomFrom(randomState) : undefined), nSplits);
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** The fold of each of `count` things: consecutive in their own order, or in a drawn one. */
export function dealOut(count: number, nFolds: number, random: RandomState | undefined): Int32Array {
  const order = random?.permutation(count);
  const larger = count % nFolds;
  const size = Math.floor(count / nFolds);
  const foldOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const inLarger = Math.floor(i / (size + 1));
    foldOf[order?.[i] ?? i] = inLarger < larger ? inLarger : Math.floor((i - larger) / size);
  }
  return foldOf;
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
