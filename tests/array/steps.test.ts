import { expect, test } from 'vitest';
import { isLong, longSteps, Matrix, toFrame, toMatrix } from '../../src/array/index.ts';

/** The pauses of a conversion, in element-operations, and its result. */
function pausesOf<T>(steps: Generator<{ readonly ops: number }, T, unknown>): { ops: number[]; result: T } {
  const ops: number[] = [];
  for (;;) {
    const state = steps.next();
    if (state.done) return { ops, result: state.value };
    ops.push(state.value.ops);
  }
}

const total = (ops: readonly number[]) => ops.reduce((sum, own) => sum + own, 0);

test('longSteps: two million cells are converted with pauses of at most 2^20 of them', () => {
  const [rows, columns] = [2 ** 18, 8];
  const row = Array.from({ length: columns }, (_, j) => j);
  const X = new Array<number[]>(rows).fill(row);
  expect(isLong(X)).toBe(true);
  const { ops, result } = pausesOf(longSteps(X, 'fit'));
  expect(total(ops)).toBe(rows * columns);
  expect(Math.max(...ops)).toBe(2 ** 20);
  expect(result).toEqual(toMatrix(X, 'fit').matrix);
});

test('longSteps: a fault in a late slice is told with its own row', () => {
  const X: unknown[][] = Array.from({ length: 2 ** 20 + 5 }, () => [1, 2]);
  X[2 ** 20 + 3] = [1, 'two'];
  expect(() => pausesOf(longSteps(X as number[][], 'fit Ridge'))).toThrow(
    "Cannot fit Ridge: X must hold numbers, received 'two' at row 1048579, column 1; encode it first, e.g. with OneHotEncoder",
  );
});

test('longSteps: rows with names are read a column at a time', () => {
  const people = [
    { age: 30, town: 'Ulm' },
    { age: 40, town: 'Bonn' },
  ];
  const { ops, result } = pausesOf(longSteps(people, 'fit'));
  // Two rows of two names are looked at, then two columns of two rows are read.
  expect(ops).toEqual([4, 2, 2]);
  expect(result).toEqual(toFrame(people, 'fit'));
});

test('isLong: the fields of row objects count as cells', () => {
  const row = Object.fromEntries(Array.from({ length: 64 }, (_, j) => [`x${j}`, j]));
  expect([2 ** 12 - 1, 2 ** 12].map(rows => isLong(new Array(rows).fill(row)))).toEqual([false, true]);
});

test('isLong: a few rows are not, whatever they are', () => {
  expect([[[1, 2]], [{ a: 1 }], ['text'], new Matrix(new Float64Array(2 ** 19), 2 ** 18, 2)].map(isLong)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
