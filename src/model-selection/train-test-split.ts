import { type CsrMatrix, type Frame, type Matrix, type MatrixLike, toTable } from '../array/index.ts';
import {
  boolean,
  checkLength,
  checkParams,
  nullable,
  type ParamsOf,
  seed,
  type Target,
  takeTarget,
  value,
} from '../check/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { countSamples } from './splitters/count-samples.ts';
import { countTarget } from './splitters/read-labels.ts';
import { ShuffleSplit } from './splitters/shuffle-split.ts';
import { countSplit, sizeRule } from './splitters/split-sizes.ts';
import type { Split } from './splitters/splitter.ts';
import { StratifiedShuffleSplit } from './splitters/stratified-shuffle-split.ts';

const spec = {
  /** Test samples: a share, a count, or null for what `trainSize` leaves (a quarter if both are null). */
  testSize: sizeRule(),
  /** Training samples: a share, a count, or null for what `testSize` leaves. */
  trainSize: sizeRule(),
  /** Seed of the permutation. */
  randomState: seed(),
  /** Shuffle before dividing; without it the first samples are for training. */
  shuffle: boolean({ default: true }),
  /** Labels whose shares both parts keep. */
  stratify: nullable(
    value<Target | null>({ default: null, expected: 'a list of labels', accepts: y => typeof y === 'object' }),
  ),
};

export type TrainTestSplitOptions = Partial<ParamsOf<typeof spec>>;

/** Rows of an input, in the input's own form where it can hold them; tables become frames. */
export type RowsOf<X> = X extends Matrix | CsrMatrix | Frame
  ? X
  : X extends readonly (infer R)[]
    ? R[]
    : Matrix | Frame;

/** Some of a target: a matrix stays one, any list becomes an array. */
export type SomeOf<Y> = Y extends Matrix ? Matrix : Y extends ArrayLike<infer V> ? V[] : never;

export interface TrainTestSplit<X, Y> {
  readonly XTrain: RowsOf<X>;
  readonly XTest: RowsOf<X>;
  readonly yTrain: SomeOf<Y>;
  readonly yTest: SomeOf<Y>;
  /** Rows of the training samples, for whatever else belongs to them (weights, groups). */
  readonly trainIndices: Int32Array;
  readonly testIndices: Int32Array;
}

/**
 * Divides samples at random into a training and a test part.
 *
 * @param X samples × features
 * @param y one value or row per sample
 * @returns both parts of both, and the rows they came from
 * @throws InvalidInputError if lengths differ or the sizes ask for more samples than there are
 * @throws InvalidParamError on an unknown or invalid option
 *
 * @example
 * import { trainTestSplit } from 'fitwise';
 * const { XTrain, yTest } = trainTestSplit([[1], [2], [3], [4]], ['a', 'b', 'a', 'b'], { randomState: 0 });
 * XTrain.length; // 3
 * yTest.length; // 1
 */
export function trainTestSplit<X extends MatrixLike, const Y extends Target>(
  X: X,
  y: Y,
  options: TrainTestSplitOptions = {},
): TrainTestSplit<X, Y> {
  const action = 'split with trainTestSplit';
  const params = checkParams('trainTestSplit', spec, options);
  const count = countSamples(X, action);
  checkLength('y', countTarget(y, action), count, action);
  const { train, test } = divide(count, params, action);
  return {
    XTrain: takeRows(X, train, action),
    XTest: takeRows(X, test, action),
    yTrain: takeTarget(y, train) as Target as SomeOf<Y>,
    yTest: takeTarget(y, test) as Target as SomeOf<Y>,
    trainIndices: train,
    testIndices: test,
  };
}

function divide(count: number, params: ParamsOf<typeof spec>, action: string): Split {
  const { testSize, trainSize, stratify, shuffle, randomState } = params;
  const { nTest, nTrain } = countSplit({ testSize, trainSize }, count, 0.25, action);
  if (!shuffle) {
    if (stratify !== null) {
      throw new InvalidParamError({
        action,
        rule: 'stratify must be null where shuffle is false',
        received: show(stratify),
      });
    }
    const rows = Int32Array.from({ length: nTrain + nTest }, (_, i) => i);
    return { train: rows.slice(0, nTrain), test: rows.slice(nTrain) };
  }
  const sizes = { nSplits: 1, testSize: nTest, trainSize: nTrain, randomState };
  const splits =
    stratify === null ? new ShuffleSplit(sizes).split(count) : new StratifiedShuffleSplit(sizes).split(count, stratify);
  return [...splits][0]!;
}

function takeRows<X extends MatrixLike>(X: X, rows: Int32Array, action: string): RowsOf<X> {
  if (Array.isArray(X)) return Array.from(rows, i => X[i]) as unknown as RowsOf<X>;
  return toTable(X, action).takeRows(rows) as unknown as RowsOf<X>;
}
