import { Matrix, type MatrixLike, toMatrix } from '../../array/index.ts';
import { isListLike } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { notFinite } from './lists.ts';
import { badInput } from './refuse.ts';

/** A table of numbers: one row per sample. */
export type Table = Matrix | readonly ArrayLike<number>[];

/** Whether a value is a table rather than a list of single values. */
export function isTable(value: unknown): value is Table {
  return value instanceof Matrix || (Array.isArray(value) && isListLike(value[0]));
}

/**
 * A table of finite numbers, called by its own name where it has to be refused.
 *
 * @throws InvalidInputError if it is empty, ragged, or holds anything but finite numbers (or NaN, where allowed).
 */
export function readTable(metric: string, name: string, X: MatrixLike, allowNaN = false): Matrix {
  const table =
    Array.isArray(X) && !isRecord(X[0]) ? fromRows(metric, name, X) : toMatrix(X, `compute ${metric}`).matrix;
  if (table.rows === 0 || table.columns === 0) {
    throw badInput(metric, { rule: `${name} must not be empty`, received: `shape (${table.rows}, ${table.columns})` });
  }
  for (let at = 0; at < table.data.length; at++) {
    const value = table.data[at]!;
    if (Number.isFinite(value) || (allowNaN && Number.isNaN(value))) continue;
    throw notFinite(metric, name, value, `row ${Math.floor(at / table.columns)}, column ${at % table.columns}`);
  }
  return table;
}

function isRecord(row: unknown): boolean {
  return typeof row === 'object' && row !== null && !isListLike(row);
}

function fromRows(metric: string, name: string, rows: readonly unknown[]): Matrix {
  const columns = isListLike(rows[0]) ? rows[0].length : 0;
  const table = Matrix.zeros(rows.length, columns);
  for (const [i, row] of rows.entries()) {
    if (!isListLike(row) || row.length !== columns) {
      throw badInput(metric, {
        rule: `${name} must have rows of one length (${columns}, as row 0)`,
        received: `${isListLike(row) ? `length ${row.length}` : show(row)} at row ${i}`,
      });
    }
    for (let j = 0; j < columns; j++) {
      const value = row[j];
      if (typeof value !== 'number' && typeof value !== 'boolean') {
        throw notFinite(metric, name, value, `row ${i}, column ${j}`);
      }
      table.data[i * columns + j] = Number(value);
    }
  }
  return table;
}
