import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';

const X = Matrix.fromRows([
  [1, 2, 3],
  [4, 5, 6],
]);

test('Matrix: rows lie one behind the other', () => {
  expect(X.data).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  expect([X.rows, X.columns, X.get(1, 0)]).toEqual([2, 3, 4]);
});

test('Matrix.row is a view, column a copy', () => {
  const own = X.clone();
  own.row(1)[0] = 40;
  own.column(1)[0] = 20;
  expect(own.toArray()).toEqual([
    [1, 2, 3],
    [40, 5, 6],
  ]);
  expect(X.get(1, 0)).toBe(4);
});

test('Matrix.takeRows and takeColumns copy, in the order asked for and as often', () => {
  expect(X.takeRows([1, 1, 0]).toArray()).toEqual([
    [4, 5, 6],
    [4, 5, 6],
    [1, 2, 3],
  ]);
  expect(X.takeColumns([2, 0]).toArray()).toEqual([
    [3, 1],
    [6, 4],
  ]);
  X.takeRows([0]).set(0, 0, 9);
  expect(X.get(0, 0)).toBe(1);
});

test('Matrix.fromColumns is the transpose of fromRows, and transpose undoes itself', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain(columns =>
      fc.array(fc.array(fc.double(), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(table, rows => {
      const matrix = Matrix.fromRows(rows);
      expect(Matrix.fromColumns(rows)).toEqual(matrix.transpose());
      expect(matrix.transpose().transpose()).toEqual(matrix);
      expect(matrix.toArray()).toEqual(rows);
    }),
  );
});

test('Matrix.map is told value, row and column', () => {
  expect(X.map((value, i, j) => 100 * value + 10 * i + j).toArray()).toEqual([
    [100, 201, 302],
    [410, 511, 612],
  ]);
});

test('Matrix.toTable names the columns x0, x1, ... and keeps the rows of a table without columns', () => {
  expect(X.toTable().columnNames()).toEqual(['x0', 'x1', 'x2']);
  expect(X.toTable(['a', 'b', 'c']).array('b')).toEqual(Float64Array.of(2, 5));
  expect(Matrix.zeros(3, 0).toTable().rows).toBe(3);
  expect(() => X.toTable(['a'])).toThrow(
    'Cannot make a table of a Matrix: names must have one name per column (3), received shape (1,)',
  );
});

test('Matrix refuses a shape that its data do not fill', () => {
  expect(() => new Matrix(new Float64Array(5), 2, 3)).toThrow(
    'Cannot make a Matrix: data must hold rows * columns (2 * 3) numbers, received length 5',
  );
  expect(() => new Matrix(new Float64Array(6), -2, -3)).toThrow(
    'Cannot make a Matrix: rows and columns must be whole numbers >= 0, received shape (-2, -3)',
  );
  expect(() => new Matrix(new Float64Array(3), 1.5, 2)).toThrow('whole numbers >= 0, received shape (1.5, 2)');
});

test('Matrix.fromRows and fromColumns refuse other lengths, and what a typed array would turn into a number', () => {
  expect(() => Matrix.fromRows([[1, 2], [3]])).toThrow(
    'Cannot make a Matrix: row 1 must have 2 values, received length 1',
  );
  expect(() => Matrix.fromColumns([[1, 2], [3]])).toThrow(
    'Cannot make a Matrix: column 1 must have 2 values, received length 1',
  );
  for (const value of [null, undefined, '7', true, [7]]) {
    expect(() => Matrix.fromRows([[1, value as never]])).toThrow('Cannot make a Matrix: row 0 must hold numbers');
    expect(() => Matrix.fromColumns([[1, value as never]])).toThrow('Cannot make a Matrix: column 0 must hold numbers');
  }
});
