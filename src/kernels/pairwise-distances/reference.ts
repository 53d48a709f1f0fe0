import { Matrix } from '../../array/index.ts';

/** Squared Euclidean distances of all rows of `a` from all rows of `b`: sum_k (a_ik - b_jk)². */
export function squaredDistancesReference(a: Matrix, b: Matrix): Matrix {
  return Matrix.zeros(a.rows, b.rows).map((_, i, j) => squaredDistance(a, i, b, j));
}

/** The squared distance of two rows. */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0; k < a.columns; k++) sum += (a.get(i, k) - b.get(j, k)) ** 2;
  return sum;
}
