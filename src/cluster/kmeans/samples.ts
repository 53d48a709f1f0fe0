import type { Matrix } from '../../array/index.ts';
import { type KMeansRows, kMeansRows } from '../../kernels/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { addSquares, moveOrigin } from './move-origin.ts';

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
  yield* inBlocks(rows, columns, (from, to) => addRows(X, from, to, mean));
  for (let j = 0; j < columns; j++) mean[j]! /= rows;
  const moved = yield* moveOrigin(X, mean, weights, action);
  return { X: moved, weights, mean, rows: kMeansRows(moved) };
}

/** Population variance of the features, averaged over them: the scale of `tol`. */
export function* meanVariance({ X }: Samples): Work<number> {
  let squares = 0;
  yield* inBlocks(X.rows, X.columns, (from, to) => {
    squares = addSquares(X, undefined, from, to, squares);
  });
  return squares / X.rows / X.columns;
}

/** A loop of its own, because engines box sums that closures share. */
function addRows({ data, columns }: Matrix, from: number, to: number, sums: Float64Array): void {
  for (let i = from, at = from * columns; i < to; i++) for (let j = 0; j < columns; j++, at++) sums[j]! += data[at]!;
}
