import { InvalidInputError, show } from '../errors/index.ts';
import type { Cell } from './frame.ts';
import { isArrayLike } from './input-kinds.ts';
import { Matrix } from './matrix.ts';
import { inSteps, type Steps } from './steps.ts';

/** An array of rows as a matrix. */
export function fromCells(X: readonly ArrayLike<Cell>[], action: string): Matrix {
  const matrix = Matrix.zeros(X.length, checkCells(X, action));
  copyRows(X, matrix, 0, X.length, action);
  return matrix;
}

/** {@link fromCells} with pauses. */
export function* cellSteps(X: readonly ArrayLike<Cell>[], action: string): Steps<Matrix> {
  const matrix = Matrix.zeros(X.length, checkCells(X, action));
  yield* inSteps(X.length, matrix.columns, (from, to) => copyRows(X, matrix, from, to, action));
  return matrix;
}

/** The number of columns, once all rows have as many cells as the first. */
export function checkCells(X: readonly unknown[], action: string): number {
  const columns = isArrayLike(X[0]) ? X[0].length : 0;
  for (let i = 0; i < X.length; i++) checkRow(X[i], columns, i, action);
  return columns;
}

function copyRows(
  X: readonly ArrayLike<Cell>[],
  { data, columns }: Matrix,
  from: number,
  to: number,
  action: string,
): void {
  for (let i = from, at = from * columns; i < to; i++) {
    const row = X[i]!;
    for (let j = 0; j < columns; j++, at++) {
      const cell = row[j];
      data[at] = typeof cell === 'number' ? cell : toNumber(cell, action, i, j);
    }
  }
}

function checkRow(row: unknown, columns: number, i: number, action: string): void {
  if (!isArrayLike(row)) {
    throw new InvalidInputError({
      action,
      rule: 'X must have two dimensions: an array of rows',
      received: `${show(row)} at row ${i}`,
      repair: 'wrap one sample as [sample], or one feature as values.map(value => [value])',
    });
  }
  if (row.length !== columns) {
    throw new InvalidInputError({
      action,
      rule: `X must have rows of one length (${columns}, as row 0)`,
      received: `length ${row.length} at row ${i}`,
    });
  }
}

/** @throws InvalidInputError on what is neither a number nor missing. */
export function toNumber(cell: unknown, action: string, row: number, column: number | string): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  const repair =
    typeof cell === 'string'
      ? 'encode it first, e.g. with OneHotEncoder'
      : cell instanceof Date
        ? 'convert it first, e.g. with getTime()'
        : undefined;
  throw new InvalidInputError({
    action,
    rule: 'X must hold numbers',
    received: `${show(cell)} at row ${row}, column ${typeof column === 'string' ? show(column) : column}`,
    ...(repair === undefined ? {} : { repair }),
  });
}
