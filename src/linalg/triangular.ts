import type { Matrix } from '../array/index.ts';

/** How a triangular matrix is read. */
export interface TriangularOptions {
  /** The triangle that holds the numbers; the other one is not read. */
  readonly triangle: 'lower' | 'upper';
  /** Solve with the transpose instead. */
  readonly transpose?: boolean;
}

/**
 * Solves T X = B (or T' X = B) in place: `B` becomes X. Infinite values result where the diagonal of T holds a zero.
 * Cost: n^2 multiplications per column of B.
 *
 * @param T shape (n, n)
 * @param B shape (n, k), or one right-hand side as a Float64Array of length n
 */
export function solveTriangularInPlace(T: Matrix, B: Matrix | Float64Array, options: TriangularOptions): void {
  const n = T.rows;
  const [data, width] = B instanceof Float64Array ? [B, 1] : [B.data, B.columns];
  const goesDown = (options.triangle === 'lower') !== (options.transpose ?? false);
  const [rowStride, columnStride] = options.transpose ? [1, n] : [n, 1];
  for (let step = 0; step < n; step++) {
    const i = goesDown ? step : n - 1 - step;
    const [from, to] = goesDown ? [0, i] : [i + 1, n];
    for (let k = from; k < to; k++) {
      const factor = T.data[i * rowStride + k * columnStride]!;
      if (factor === 0) continue;
      for (let j = 0; j < width; j++) data[i * width + j]! -= factor * data[k * width + j]!;
    }
    const pivot = T.data[i * n + i]!;
    for (let j = 0; j < width; j++) data[i * width + j]! /= pivot;
  }
}
