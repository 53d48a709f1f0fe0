import { Matrix } from '../../array/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import { type KMeansRows, kMeansRows } from '../../kernels/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';

/** What every run works on. */
export interface Samples {
  /** Rows less `mean`: distances by products lose fewer digits near the origin. */
  readonly X: Matrix;
  readonly weights: Float64Array;
  readonly mean: Float64Array;
  /** The rows of X, prepared for visits; closed by whoever made the samples. */
  readonly rows: KMeansRows;
}

/**
 * Samples around their mean; `mean` ignores the weights, as in scikit-learn.
 *
 * @throws InvalidInputError if sums of squares leave the range of numbers.
 */
export function* centreSamples(X: Matrix, weights: Float64Array, action: string): Work<Samples> {
  const { rows, columns } = X;
  const mean = new Float64Array(columns);
  yield* inBlocks(rows, columns, (from, to) => {
    for (let i = from; i < to; i++) for (let j = 0; j < columns; j++) mean[j]! += X.data[i * columns + j]!;
  });
  for (let j = 0; j < columns; j++) mean[j]! /= rows;
  const moved = yield* moveOrigin(X, mean, weights, action);
  return { X: moved, weights, mean, rows: kMeansRows(moved) };
}

/**
 * X less `origin`.
 *
 * @throws InvalidInputError if sums of squares leave the range of numbers.
 */
export function* moveOrigin(X: Matrix, origin: Float64Array, weights: Float64Array, action: string): Work<Matrix> {
  const { rows, columns } = X;
  const moved = Matrix.zeros(rows, columns);
  let squares = 0;
  yield* inBlocks(rows, columns, (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      const weight = Math.max(1, weights[i]!);
      for (let j = 0; j < columns; j++, at++) {
        const value = X.data[at]! - origin[j]!;
        moved.data[at] = value;
        squares += weight * value * value;
      }
    }
  });
  // Squared distances between samples are at most four times the greatest one from the mean.
  if (Number.isFinite(4 * squares) && Number.isFinite(sum(weights))) return moved;
  throw new InvalidInputError({
    action,
    rule: 'the squared distances of X and the sum of sampleWeight must not overflow',
    received: `a sum of squares of ${show(squares)}`,
    repair: 'divide X by a power of ten first',
  });
}

/** Population variance of the features, averaged over them: the scale of `tol`. */
export function* meanVariance({ X: { data, rows, columns } }: Samples): Work<number> {
  let squares = 0;
  yield* inBlocks(rows, columns, (from, to) => {
    for (let at = from * columns; at < to * columns; at++) squares += data[at]! * data[at]!;
  });
  return squares / rows / columns;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
