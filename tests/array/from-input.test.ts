/** Arrays, rows and matrices as input; tables are in from-tables.test.ts. */
import { Matrix as MlMatrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { CsrMatrix, Frame, Matrix, type MatrixLike, toFrame, toMatrix, toTable } from '../../src/array/index.ts';
import { refusal } from '../helpers/refusal.ts';

const ROWS = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const read = (X: unknown) => toMatrix(X as MatrixLike, 'fit Ridge');

test('toMatrix: one table in every form is one matrix', () => {
  const forms: Record<string, unknown> = {
    rows: ROWS,
    'typed rows': ROWS.map(row => Float32Array.from(row)),
    'rows of mixed lists': [[1, 2], Int8Array.of(3, 4), Uint16Array.of(5, 6)],
    flat: { data: [1, 2, 3, 4, 5, 6], rows: 3, columns: 2 },
    'flat, typed': { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 3, columns: 2 },
    'ml-matrix': new MlMatrix(ROWS),
    sparse: CsrMatrix.fromDense(Matrix.fromRows(ROWS)),
    objects: ROWS.map(([a, b]) => ({ a, b })),
    Frame: Matrix.fromRows(ROWS).toTable(),
  };
  for (const [name, X] of Object.entries(forms)) expect(read(X).matrix.toArray(), name).toEqual(ROWS);
});

test('toMatrix: only named columns have names', () => {
  expect(read(ROWS).names).toBeUndefined();
  expect(read(new MlMatrix(ROWS)).names).toBeUndefined();
  expect(read([{ height: 1, age: 2 }]).names).toEqual(['height', 'age']);
});

test('toMatrix: null, undefined and holes are missing, booleans are 0 and 1', () => {
  expect(read([[null, undefined, true, false], new Array(4)]).matrix.toArray()).toEqual([
    [Number.NaN, Number.NaN, 1, 0],
    [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  ]);
  expect(read({ data: [null, 1], rows: 1, columns: 2 }).matrix.data[0]).toBeNaN();
});

test('toMatrix keeps -0, infinities and the last bit', () => {
  const cells = [-0, Infinity, 0.1 + 0.2, 5e-324];
  expect(Array.from(read([cells]).matrix.data)).toEqual(cells);
});

test('toMatrix: what is read never shares memory with rows', () => {
  const row = Float64Array.of(1, 2);
  read([row]).matrix.set(0, 0, 9);
  expect(row[0]).toBe(1);
});

const REFUSED: readonly (readonly [what: string, X: unknown, sentence: string])[] = [
  ['a ragged row', [[1, 2], [3]], 'X must have rows of one length (2, as row 0), received length 1 at row 1'],
  [
    'text',
    [[1, 'two']],
    "X must hold numbers, received 'two' at row 0, column 1; encode it first, e.g. with OneHotEncoder",
  ],
  [
    'a numeral',
    [['7']],
    "X must hold numbers, received '7' at row 0, column 0; encode it first, e.g. with OneHotEncoder",
  ],
  [
    'a date',
    [[new Date(0)]],
    'X must hold numbers, received Date at row 0, column 0; convert it first, e.g. with getTime()',
  ],
  ['a bigint', [[7n]], 'X must hold numbers, received 7n at row 0, column 0'],
  ['a third dimension', [[[1]]], 'X must hold numbers, received [1] at row 0, column 0'],
  ['an object in a row', [[{ a: 1 }]], "X must hold numbers, received object with keys ['a'] at row 0, column 0"],
  [
    'one dimension',
    [1, 2],
    'X must have two dimensions: an array of rows, received 1 at row 0; wrap one sample as [sample], or one feature as values.map(value => [value])',
  ],
  [
    'a row that is missing',
    [[1], null],
    'X must have two dimensions: an array of rows, received null at row 1; wrap one sample as [sample], or one feature as values.map(value => [value])',
  ],
  [
    'a row that the list skips',
    Object.assign([[1]], { 2: [3] }),
    'X must have two dimensions: an array of rows, received undefined at row 1; wrap one sample as [sample], or one feature as values.map(value => [value])',
  ],
  [
    'a typed array',
    Float64Array.of(1, 2),
    'X must be a matrix, an array of rows, or a table of named columns, received [1, 2]',
  ],
  ['text for a table', 'abc', "X must be a matrix, an array of rows, or a table of named columns, received 'abc'"],
  ['nothing', undefined, 'X must be a matrix, an array of rows, or a table of named columns, received undefined'],
  [
    'a record of columns',
    { a: [1], b: [2] },
    "X must be a matrix, an array of rows, or a table of named columns, received object with keys ['a', 'b']",
  ],
  [
    'flat data of another length',
    { data: [1, 2, 3], rows: 2, columns: 2 },
    'X.data must hold X.rows * X.columns numbers, received length 3 with shape (2, 2)',
  ],
  [
    'a negative shape',
    { data: [1, 2, 3, 4], rows: -2, columns: -2 },
    'X.data must hold X.rows * X.columns numbers, received length 4 with shape (-2, -2)',
  ],
  [
    'text in flat data',
    { data: [1, 2, 3, 'x'], rows: 2, columns: 2 },
    "X must hold numbers, received 'x' at row 1, column 1; encode it first, e.g. with OneHotEncoder",
  ],
];

for (const [what, X, sentence] of REFUSED) {
  test(`toMatrix refuses ${what}`, async () => {
    expect(await refusal(() => read(X))).toBe(`InvalidInputError: Cannot fit Ridge: ${sentence}`);
  });
}

test('toFrame names columns without names x0, x1, ... and keeps text', () => {
  const frame = toFrame(
    [
      [1, 'a'],
      [2, 'b'],
    ] as MatrixLike,
    'fit',
  );
  expect(frame.columnNames()).toEqual(['x0', 'x1']);
  expect(frame.columns.map(({ values }) => values)).toEqual([Float64Array.of(1, 2), ['a', 'b']]);
});

test('toTable keeps the form that says all: sparse, numbers, or named and mixed columns', () => {
  expect(toTable(ROWS, 'fit')).toBeInstanceOf(Matrix);
  expect(toTable(CsrMatrix.fromDense(Matrix.fromRows(ROWS)), 'fit')).toBeInstanceOf(CsrMatrix);
  expect(
    toTable(
      [
        [1, 2],
        [3, 'x'],
      ] as MatrixLike,
      'fit',
    ),
  ).toBeInstanceOf(Frame);
  expect(toTable([{ a: 1 }], 'fit')).toBeInstanceOf(Frame);
});
