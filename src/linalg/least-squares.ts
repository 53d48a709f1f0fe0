import type { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { svdWork } from './svd.ts';

export interface LeastSquares {
  /** The solution of least norm, (n, k). */
  readonly X: Matrix;
  /** How many singular values of A count. */
  readonly rank: number;
  /** All singular values of A, descending. */
  readonly singularValues: Float64Array;
}

/**
 * X with ||A X - B|| least, and of these the one of least norm: X = V diag(1 / s) U' B over the singular values
 * s > cutoff * s[0] (LAPACK's gelsd). Cost: that of the singular value decomposition of A.
 *
 * @param A shape (m, n)
 * @param B shape (m, k), one right-hand side per column
 * @param options `cutoff`: relative size below which a singular value counts as zero (default: machine precision)
 */
export function* leastSquaresWork(
  A: Matrix,
  B: Matrix,
  { cutoff = Number.EPSILON }: { readonly cutoff?: number } = {},
): Work<LeastSquares> {
  const { U, singularValues, Vt } = yield* svdWork(A);
  const smallest = cutoff * (singularValues[0] ?? 0);
  const rank = singularValues.filter(value => value > smallest).length;
  const projections = yield* matmulWork(U, B, { transposeA: true });
  for (let i = 0; i < projections.rows; i++) {
    const row = projections.row(i);
    if (i >= rank) row.fill(0);
    else for (let j = 0; j < row.length; j++) row[j]! /= singularValues[i]!;
  }
  return { X: yield* matmulWork(Vt, projections, { transposeA: true }), rank, singularValues };
}
