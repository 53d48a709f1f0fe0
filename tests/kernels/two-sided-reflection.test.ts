import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { reflected } from '../../src/kernels/index.ts';
import { reflectBothSides } from '../../src/kernels/two-sided-reflection/reference.ts';
import { RandomState } from '../../src/random/index.ts';

const noise = (rows: number, columns: number, seed: number) =>
  new Matrix(new RandomState(seed).standardNormal(rows * columns), rows, columns);

/** Widths around the fewest that the kernel takes, even and odd. */
test.each([1, 2, 3, 15, 16, 17, 18, 33, 64])('reflections of %i columns are their reference to the bit', n => {
  const A = noise(n, n, 1);
  const expected = A.clone();
  const found = reflected(A.clone());
  for (let k = 0; k + 1 < n; k++) {
    const v = noise(1, n, 2 + k).data.map((value, i) => (i <= k ? 0 : i === k + 1 ? 1 : value));
    if (k === 3) v[n - 1] = Number.NaN;
    reflectBothSides(expected.data, n, v, 0.7, k + 1);
    found.reflect(v, 0.7, k + 1);
  }
  for (let i = 0; i < n; i++) expect(found.row(i)).toEqual(expected.row(i));
  found.end();
});

test('a reflection by tau = 2 / v v turns [[2, 1], [1, 3]] into H A H', () => {
  // H = I - v v' with v = (1, -1) swaps the axes.
  const A = Matrix.fromRows([
    [2, 1],
    [0, 3],
  ]);
  reflectBothSides(A.data, 2, Float64Array.of(1, -1), 1, 0);
  expect(A.toArray()).toEqual([
    [3, 1],
    [0, 2],
  ]);
});
