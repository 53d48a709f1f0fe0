import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsrMatrix, Matrix } from '../../src/array/index.ts';

const DENSE = Matrix.fromRows([
  [0, 2, 0],
  [0, 0, 0],
  [3, 0, 4],
]);

test('CsrMatrix.fromDense stores the values that are not zero, row by row', () => {
  const sparse = CsrMatrix.fromDense(DENSE);
  expect(sparse.data).toEqual(Float64Array.of(2, 3, 4));
  expect(sparse.indices).toEqual(Int32Array.of(1, 0, 2));
  expect(sparse.indptr).toEqual(Int32Array.of(0, 1, 1, 3));
  expect(sparse.stored).toBe(3);
});

test('CsrMatrix: taking rows and columns is that of the dense matrix; NaN is stored', () => {
  const cell = fc.constantFrom(0, 0, 0, 1, -2.5, Number.NaN);
  const table = fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const picks = fc.array(fc.nat(3), { maxLength: 6 });
  fc.assert(
    fc.property(table, picks, picks, (rows, wanted, columns) => {
      const dense = Matrix.fromRows(rows);
      const sparse = CsrMatrix.fromDense(dense);
      const there = wanted.map(i => i % rows.length);
      expect(sparse.toDense()).toEqual(dense);
      expect(sparse.takeRows(there).toDense()).toEqual(dense.takeRows(there));
      expect(sparse.takeColumns(columns).toDense()).toEqual(dense.takeColumns(columns));
    }),
  );
});

test('CsrMatrix refuses lists that do not describe a matrix', () => {
  const make = (indices: number[], indptr: number[], rows = 2, columns = 3) =>
    new CsrMatrix(Float64Array.of(1, 2), Int32Array.from(indices), Int32Array.from(indptr), rows, columns);
  expect(make([0, 2], [0, 2, 2]).toArray()).toEqual([
    [1, 0, 2],
    [0, 0, 0],
  ]);
  expect(() => make([0, 3], [0, 1, 2])).toThrow(
    'Cannot make a CsrMatrix: indices must ascend within a row and be less than 3, received 3 in row 1',
  );
  expect(() => make([0, -1], [0, 1, 2])).toThrow('received -1 in row 1');
  expect(() => make([1, 1], [0, 2, 2])).toThrow('received 1 in row 0');
  expect(() => make([0], [0, 1, 2])).toThrow('indices must have one column per value (2), received length 1');
  expect(() => make([0, 1], [0, 2])).toThrow('indptr must have rows + 1 (3) values, received length 2');
  expect(() => make([0, 1], [0, 1, 1])).toThrow('indptr must go from 0 to the number of values (2), received 0 to 1');
  expect(() => make([0, 1], [1, 1, 2])).toThrow('received 1 to 2');
  expect(() => make([0, 1], [0, 5, 1, 2], 3)).toThrow('indptr must not descend, received 5, 1 at row 1');
  expect(() => make([0, 1], [0, 2], 1, -1)).toThrow(
    'rows and columns must be whole numbers >= 0, received shape (1, -1)',
  );
});
