import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { gram, upperFactorWork } from '../../src/kernels/index.ts';
import { factorPlainly } from '../../src/kernels/upper-factor/index.ts';
import { MAX_OPS, runSync } from '../../src/work/index.ts';

const noise = (rows: number, columns: number) =>
  Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * i * 0.7 + j * 3.1) + 0.01 * j);
const shiftFor = (columns: number) => Float64Array.from({ length: columns }, (_, j) => 0.1 * j - 0.2);

test('upperFactorWork equals its reference to the bit, on either side of every block and panel', () => {
  const columns = fc.constantFrom(1, 2, 3, 4, 5, 8, 9, 67);
  const rows = fc.constantFrom(1, 2, 3, 15, 16, 17, 488, 490, 1000);
  fc.assert(
    fc.property(rows, columns, (m, n) => {
      const [X, shift] = [noise(m, n), shiftFor(n)];
      expect(runSync(upperFactorWork(X, shift))).toEqual(runSync(factorPlainly(X, shift)));
    }),
  );
});

test('upperFactorWork: R is upper triangular, and R^T R = (X - shift)^T (X - shift)', () => {
  for (const [m, n] of [
    [3, 5],
    [400, 7],
    [3000, 20],
    [700, 130],
  ] as const) {
    // biome-ignore format: pairs
    const [X, shift] = [noise(m, n), shiftFor(n)];
    const R = runSync(upperFactorWork(X, shift));
    const expected = gram(X.map((value, _, j) => value - shift[j]!));
    const largest = Math.max(...expected.data);
    gram(R).data.forEach((value, at) => {
      expect(Math.abs(value - expected.data[at]!)).toBeLessThan(1e-14 * m * largest);
    });
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(R.get(i, j)).toBe(0);
  }
});

test('upperFactorWork of the column (3, 4) is 5, and of zeros is zero', () => {
  expect(runSync(upperFactorWork(Matrix.fromRows([[3], [4]]), new Float64Array(1))).toArray()).toEqual([[5]]);
  expect(runSync(upperFactorWork(Matrix.zeros(9, 3), new Float64Array(3)))).toEqual(Matrix.zeros(3, 3));
});

test('upperFactorWork stays within a checkpoint, however wide the matrix', () => {
  for (const checkpoint of upperFactorWork(noise(40, 3000), new Float64Array(3000))) {
    expect('ops' in checkpoint ? checkpoint.ops : Infinity).toBeLessThanOrEqual(MAX_OPS);
  }
});
