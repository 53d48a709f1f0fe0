import { checkParams, integer, type ParamsOf, seed } from '../../check/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { countSamples } from './count-samples.ts';
import { countSplit, sizeRule } from './split-sizes.ts';
import type { Samples, Split, Splitter } from './splitter.ts';

const spec = {
  /** Number of random divisions. */
  nSplits: integer({ min: 1, default: 10 }),
  /** Test samples: a share, a count, or null for what `trainSize` leaves (a tenth if both are null). */
  testSize: sizeRule(),
  /** Training samples: a share, a count, or null for what `testSize` leaves. */
  trainSize: sizeRule(),
  /** Seed of the permutations. */
  randomState: seed(),
};

export type ShuffleSplitParams = ParamsOf<typeof spec>;

/**
 * Independent random divisions into training and test samples, in random order.
 *
 * @example
 * import { ShuffleSplit } from 'fitwise';
 * const [first] = new ShuffleSplit({ nSplits: 1, testSize: 0.25, randomState: 0 }).split(4);
 * first.test; // Int32Array [2]
 */
export class ShuffleSplit implements Splitter {
  readonly params: ShuffleSplitParams;
  readonly usesGroups = false;

  /** @throws InvalidParamError on an unknown or invalid parameter. */
  constructor(params: Partial<ShuffleSplitParams> = {}) {
    this.params = checkParams('ShuffleSplit', spec, params);
  }

  /** @throws InvalidInputError if the sizes ask for more samples than there are. */
  *split(X: Samples): Generator<Split> {
    const action = 'split with ShuffleSplit';
    const count = countSamples(X, action);
    const sizes = countSplit(this.params, count, 0.1, action);
    yield* drawSplits(count, sizes, this.params.nSplits, randomFrom(this.params.randomState));
  }

  getNSplits(): number {
    return this.params.nSplits;
  }
}

/** Divisions of `count` things, one permutation each: its head is tested, what follows is trained on. */
export function* drawSplits(
  count: number,
  { nTest, nTrain }: { readonly nTest: number; readonly nTrain: number },
  nSplits: number,
  random: RandomState,
): Generator<Split> {
  for (let k = 0; k < nSplits; k++) {
    const order = random.permutation(count);
    yield { train: order.slice(nTest, nTest + nTrain), test: order.slice(0, nTest) };
  }
}
