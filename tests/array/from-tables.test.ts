/** arquero and Arrow tables, and rows as objects. */
import * as flechette from '@uwdata/flechette';
import { desc, table } from 'arquero';
import { expect, test } from 'vitest';
import { columnNamesOf, type MatrixLike, toFrame, toMatrix } from '../../src/array/index.ts';
import { refusal } from '../helpers/refusal.ts';

const read = (X: unknown) => toMatrix(X as MatrixLike, 'fit Ridge').matrix.toArray();
const frame = (X: unknown) => toFrame(X as MatrixLike, 'fit Ridge');

const PEOPLE = table({ age: [30, 10, null, 20], size: [1.5, 1.1, 1.7, 1.3] });

test('arquero: null is missing, not 0', () => {
  expect(read(PEOPLE)).toEqual([
    [30, 1.5],
    [10, 1.1],
    [Number.NaN, 1.7],
    [20, 1.3],
  ]);
});

test('arquero: a filter and an order count, though columns ignore them', () => {
  const chosen = PEOPLE.filter('d => d.size < 1.6').orderby(desc('age'));
  expect(read(chosen)).toEqual([
    [30, 1.5],
    [20, 1.3],
    [10, 1.1],
  ]);
  expect(read(PEOPLE.filter('d => d.size > 1.6'))).toEqual([[Number.NaN, 1.7]]);
  expect(read(PEOPLE.orderby('size')).map(([, size]) => size)).toEqual([1.1, 1.3, 1.5, 1.7]);
});

test('arquero: a filter that leaves nothing leaves no rows, with the columns', () => {
  const empty = frame(PEOPLE.filter('d => d.size > 9'));
  expect([empty.rows, empty.columnNames()]).toEqual([0, ['age', 'size']]);
});

test('arquero: text, booleans and holes stay what they are in a frame', () => {
  const mixed = frame(table({ city: ['Ulm', null], warm: [true, false], size: Float64Array.of(1, 2) }));
  expect(mixed.columns.map(({ values }) => values)).toEqual([['Ulm', null], [true, false], Float64Array.of(1, 2)]);
});

test('arquero: text in numbers and dates are refused with row and column', async () => {
  expect(await refusal(() => read(table({ a: [1, 2], city: ['Ulm', 'Bonn'] })))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must hold numbers, received 'Ulm' at row 0, column 'city'; encode it first, e.g. with OneHotEncoder",
  );
  expect(await refusal(() => read(table({ when: [null, new Date(0)] })))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must hold numbers, strings and booleans, received Date at row 1, column 'when'; convert it first, e.g. with getTime()",
  );
});

const { dictionary, utf8, int64, dateDay, tableFromArrays, tableFromIPC, tableToIPC } = flechette;

test('Arrow: nulls are missing, dictionary columns are text, booleans stay', () => {
  const arrow = tableFromArrays(
    { size: [1, null, 3], city: ['Ulm', 'Bonn', 'Ulm'], warm: [true, null, false] },
    { types: { city: dictionary(utf8()) } },
  );
  for (const one of [arrow, tableFromIPC(tableToIPC(arrow, {})!)]) {
    expect(columnNamesOf(one)).toEqual(['size', 'city', 'warm']);
    expect(frame(one).columns.map(({ values }) => values)).toEqual([
      Float64Array.of(1, Number.NaN, 3),
      ['Ulm', 'Bonn', 'Ulm'],
      [true, null, false],
    ]);
    expect(read(one.select(['size', 'warm']))).toEqual([
      [1, 1],
      [Number.NaN, Number.NaN],
      [3, 0],
    ]);
  }
});

test('Arrow: whole numbers of 64 bits are read while they are exact, and refused beyond', async () => {
  const small = tableFromArrays({ id: [1n, -5n, 2n ** 53n - 1n] }, { types: { id: int64() } });
  const big = tableFromArrays({ id: [1n, 2n ** 53n + 1n] }, { types: { id: int64() } });
  const asBigInts = (arrow: flechette.Table) => tableFromIPC(tableToIPC(arrow, {})!, { useBigInt: true });
  expect(read(small)).toEqual([[1], [-5], [2 ** 53 - 1]]);
  expect(read(asBigInts(small))).toEqual([[1], [-5], [2 ** 53 - 1]]);
  expect(await refusal(() => read(big))).toBe(
    "InvalidInputError: Cannot fit Ridge: column 'id' must be readable, received 'BigInt exceeds integer number representation: 9007199254740993' at row 1",
  );
  expect(await refusal(() => read(asBigInts(big)))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must hold numbers, strings and booleans, received 9007199254740993n at row 1, column 'id'",
  );
});

test('Arrow: dates are refused, though they read as milliseconds', async () => {
  const arrow = tableFromArrays({ when: [new Date(0)] }, { types: { when: dateDay() } });
  expect(arrow.getChild('when').at(0)).toBe(0);
  expect(await refusal(() => read(arrow))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must hold numbers, strings and booleans, received dates in column 'when'; convert them first, e.g. to days since a date of your choice",
  );
});

test('Arrow: any table with a schema and getChild will do', () => {
  const columns: Record<string, unknown[]> = { a: [1, null], b: [2n, 3n] };
  const like = {
    numRows: 2,
    schema: { fields: [{ name: 'a' }, { name: 'b' }] },
    getChild: (name: string) => ({ length: 2, at: (i: number) => columns[name]?.[i] }),
  };
  expect(read(like)).toEqual([
    [1, 2],
    [Number.NaN, 3],
  ]);
});

test('Arrow: a column that is announced but absent is refused, not taken as missing', async () => {
  const like = { numRows: 1, schema: { fields: [{ name: 'a' }] }, getChild: () => null };
  expect(await refusal(() => read(like))).toContain(
    "InvalidInputError: Cannot fit Ridge: column 'a' must be readable, received",
  );
});

test('row objects: a key that a row lacks is missing, one that row 0 lacks is refused', async () => {
  expect(read([{ a: 1, b: 2 }, { b: 4 }, { b: null, a: 5 }])).toEqual([
    [1, 2],
    [Number.NaN, 4],
    [5, Number.NaN],
  ]);
  expect(await refusal(() => read([{ a: 1 }, { a: 2, c: 3 }]))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must have rows with the columns of row 0 (['a']), received column 'c' at row 1",
  );
  expect(await refusal(() => read([{ a: 1 }, [2]]))).toBe(
    "InvalidInputError: Cannot fit Ridge: X must have rows with the columns of row 0 (['a']), received [2] at row 1",
  );
  expect(await refusal(() => read([{ a: 1 }, null]))).toContain('received null at row 1');
});

test('row objects: __proto__ and inherited names are columns like any other, and reach no prototype', () => {
  const rows = JSON.parse('[{ "__proto__": 1, "toString": 2 }, { "toString": 4 }]') as object[];
  expect(read(rows)).toEqual([
    [1, 2],
    [Number.NaN, 4],
  ]);
  expect(frame(rows).columnNames()).toEqual(['__proto__', 'toString']);
});
