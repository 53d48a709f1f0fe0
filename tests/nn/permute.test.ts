import { expect, test } from 'vitest';
import { permute, tensor } from '../../src/nn/index.ts';

test.each([1, 63, 64, 65])('permute moves rows of %i values whole: y[j][i][k] = x[i][j][k]', length => {
  const value = (i: number, j: number, k: number) => i * 1000 + j * 100 + k;
  const list = (make: (i: number, j: number, k: number) => number, rows: number, columns: number) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => Array.from({ length }, (_, k) => make(i, j, k))),
    );
  const x = tensor(list(value, 2, 3));
  expect(permute(x, [1, 0, 2]).toArray()).toEqual(list((j, i, k) => value(i, j, k), 3, 2));
});
