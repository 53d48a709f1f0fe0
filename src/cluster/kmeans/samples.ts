import type { Matrix } from '../../array/index.ts';
import { type KMeansRows, kMeansRows } from '../../kernels/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { moveOrigin } from './move-origin.ts';

/** What every run works on. */
export interface Samples {
  /** Rows less `mean`: distances by products lose fewer digits near the origin. */
  readonly X: Matrix;
  readonly weights: Float64Array;
  readonly mean: Float64Array;
  /** Population variance of the features, averaged over them: the scale of `tol`. */
  readonly variance: number;
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
  const { X: moved, squares } = yield* moveOrigin(X, mean, weights, action);
  return { X: moved, weights, mean, variance: squares / rows / columns, rows: kMeansRows(moved) };
}

/** Four rows at a time, so that each sum is loaded and stored once for them. */
function addRows({ data, columns }: Matrix, from: number, to: number, sums: Float64Array): void {
  let i = from;
  for (; i + 4 <= to; i += 4) {
    for (let j = 0, a = i * columns, b = a + columns, c = b + columns, d = c + columns; j < columns; j++) {
      sums[j] = sums[j]! + data[a + j]! + data[b + j]! + data[c + j]! + data[d + j]!;
    }
  }
  for (; i < to; i++) for (let j = 0; j < columns; j++) sums[j]! += data[i * columns + j]!;
}
