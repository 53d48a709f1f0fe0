import { expect, test } from 'vitest';
import { Frame, frameToMatrix } from '../../src/array/index.ts';

const frame = new Frame([
  { name: 'age', values: Float64Array.of(31, Number.NaN, 44) },
  { name: 'city', values: ['Ulm', null, 'Bonn'] },
]);

test('Frame reads as arquero tables do', () => {
  expect([frame.numRows(), frame.numCols(), frame.columnNames()]).toEqual([3, 2, ['age', 'city']]);
  expect(frame.array('city')).toEqual(['Ulm', null, 'Bonn']);
  expect(frame.toArray()).toEqual([
    [31, 'Ulm'],
    [Number.NaN, null],
    [44, 'Bonn'],
  ]);
  expect(frame.objects()[2]).toEqual({ age: 44, city: 'Bonn' });
});

test('Frame.takeRows and takeColumns keep order and repetition', () => {
  const rows = frame.takeRows([2, 0, 2]);
  expect(rows.array('age')).toEqual(Float64Array.of(44, 31, 44));
  expect(rows.array('city')).toEqual(['Bonn', 'Ulm', 'Bonn']);
  const swapped = frame.takeColumns([1, 0]);
  expect(swapped.columnNames()).toEqual(['city', 'age']);
  expect(frame.takeColumns([]).rows).toBe(3);
});

test('Frame.objects: a column may be called __proto__', () => {
  const [row] = new Frame([{ name: '__proto__', values: ['x'] }]).objects();
  expect(Object.keys(row!)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test('Frame refuses repeated names, other lengths, and names that it lacks', () => {
  const values = Float64Array.of(1);
  expect(
    () =>
      new Frame([
        { name: 'a', values },
        { name: 'a', values },
      ]),
  ).toThrow("Cannot make a Frame: column names must be unique, received 'a'");
  expect(
    () =>
      new Frame([
        { name: 'a', values },
        { name: 'b', values: [] },
      ]),
  ).toThrow("Cannot make a Frame: column 'b' must have 1 values, received length 0");
  expect(() => frame.array('country')).toThrow(
    "Cannot read a Frame: the column must be one of ['age', 'city'], received 'country'",
  );
});

test('frameToMatrix takes numbers, booleans and holes, and refuses text by its place', () => {
  const numbers = new Frame([
    { name: 'a', values: [1, null, undefined] },
    { name: 'b', values: [true, false, null] },
  ]);
  expect(frameToMatrix(numbers, 'fit').toArray()).toEqual([
    [1, 1],
    [Number.NaN, 0],
    [Number.NaN, Number.NaN],
  ]);
  expect(() => frameToMatrix(frame, 'fit Ridge')).toThrow(
    "Cannot fit Ridge: X must hold numbers, received 'Ulm' at row 0, column 'city'; encode it first, e.g. with OneHotEncoder",
  );
});
