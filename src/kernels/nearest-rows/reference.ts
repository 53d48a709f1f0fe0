import type { Matrix } from '../../array/index.ts';

/** The nearest row of `targets` to each row of `X` by squared Euclidean distance, the first of equally near ones. */
export function nearestRowsReference(X: Matrix, targets: Matrix): Int32Array {
  return Int32Array.from({ length: X.rows }, (_, i) => nearestOf(X.row(i), targets));
}

/** The nearest row to one point. */
export function nearestOf(point: Float64Array, targets: Matrix): number {
  let least = Number.POSITIVE_INFINITY;
  let nearest = 0;
  for (let j = 0; j < targets.rows; j++) {
    const distance = point.reduce((sum, value, k) => sum + (value - targets.get(j, k)) ** 2, 0);
    if (distance < least) {
      least = distance;
      nearest = j;
    }
  }
  return nearest;
}
