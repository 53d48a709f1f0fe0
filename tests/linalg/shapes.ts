import fc from 'fast-check';
import { expect } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { matmul } from '../../src/kernels/index.ts';

/** Numbers without pattern, by formula: no generator is needed where only shape and rank matter. */
export function noise(rows: number, columns: number, seed = 1): Matrix {
  return Matrix.zeros(rows, columns).map((_, i, j) => {
    const x = Math.sin(seed * 374.9 + i * 12.9898 + j * 78.233) * 43758.5453;
    return x - Math.floor(x) - 0.5;
  });
}

/** Matrices of many shapes, full rank or not, of ordinary and of extreme size. */
export const matrices: fc.Arbitrary<Matrix> = fc
  .record({
    rows: fc.integer({ min: 1, max: 70 }),
    columns: fc.integer({ min: 1, max: 70 }),
    rank: fc.integer({ min: 0, max: 70 }),
    seed: fc.integer({ min: 0, max: 1000 }),
    scale: fc.constantFrom(1, 1, 1, 1e-200, 1e200, 1e-10),
  })
  .map(({ rows, columns, rank, seed, scale }) =>
    matmul(noise(rows, rank, seed), noise(rank, columns, seed + 1)).map(value => value * scale),
  );

export const squares: fc.Arbitrary<Matrix> = fc
  .record({
    n: fc.integer({ min: 1, max: 70 }),
    rank: fc.integer({ min: 0, max: 70 }),
    seed: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ n, rank, seed }) => matmul(noise(n, rank, seed), noise(rank, n, seed + 1)));

export function largestEntry(A: Matrix): number {
  return A.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Every entry of A - B is at most `tolerance` times the largest entry of B. */
export function expectClose(A: Matrix, B: Matrix, tolerance = 1e-12): void {
  expect([A.rows, A.columns]).toEqual([B.rows, B.columns]);
  const size = Math.max(largestEntry(B), Number.MIN_VALUE);
  const worst = A.data.reduce((most, value, at) => Math.max(most, Math.abs(value - B.data[at]!)), 0);
  expect(worst / size).toBeLessThanOrEqual(tolerance);
}

export function identity(n: number): Matrix {
  return Matrix.zeros(n, n).map((_, i, j) => (i === j ? 1 : 0));
}

export function diagonal(values: Float64Array): Matrix {
  return Matrix.zeros(values.length, values.length).map((_, i, j) => (i === j ? values[i]! : 0));
}
