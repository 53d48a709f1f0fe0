/** What users pass becomes a `Matrix` (numbers), a `CsrMatrix` (left as it is) or a `Frame` (mixed, named columns). */
import { InvalidInputError, show, showShape } from '../errors/index.ts';
import { type Cell, Frame } from './frame.ts';
import { cellSteps, fromCells, toNumber } from './from-cells.ts';
import { fromArquero, fromArrow, fromRowObjects, fromUnnamed } from './from-tables.ts';
import { isArquero, isArrayLike, isArrow, isFlat, isMlMatrix, isRowObjects } from './input-kinds.ts';
import type { FlatMatrix, MatrixLike } from './input-types.ts';
import { Matrix } from './matrix.ts';
import type { CsrMatrix } from './sparse.ts';
import { SparseMatrix } from './sparse-matrix.ts';
import { finish, type Steps } from './steps.ts';

/** A table of numbers with the names of its columns, where the input had any. */
export interface NamedMatrix {
  readonly matrix: Matrix;
  readonly names: readonly string[] | undefined;
}

/**
 * A dense table of numbers from any input.
 *
 * @throws InvalidInputError on ragged rows, and on a value that is not a number (with its row and column).
 */
export function toMatrix(X: MatrixLike, action: string): NamedMatrix {
  if (X instanceof Matrix) return { matrix: X, names: undefined };
  if (X instanceof SparseMatrix) return { matrix: X.toDense(), names: undefined };
  if (Array.isArray(X) && !isRowObjects(X)) return { matrix: fromCells(X, action), names: undefined };
  if (isFlat(X)) return { matrix: fromFlat(X, action), names: undefined };
  if (isMlMatrix(X)) return { matrix: Matrix.fromRows(X.to2DArray(), X.columns), names: undefined };
  const frame = toFrame(X, action);
  return { matrix: frameToMatrix(frame, action), names: frame.columnNames() };
}

/**
 * A table of named columns from any input; columns without names are called `x0`, `x1`, ...
 *
 * @throws InvalidInputError on ragged rows, unknown inputs, and values that no column can hold.
 */
export function toFrame(X: MatrixLike, action: string): Frame {
  return finish(frameSteps(X, action));
}

function* frameSteps(X: MatrixLike, action: string): Steps<Frame> {
  if (X instanceof Frame) return X;
  if (isArquero(X)) return yield* fromArquero(X, action);
  if (isArrow(X)) return yield* fromArrow(X, action);
  if (Array.isArray(X)) return yield* isRowObjects(X) ? fromRowObjects(X, action) : fromUnnamed(X, action);
  if (isNumberTable(X)) return toMatrix(X, action).matrix.toTable();
  throw new InvalidInputError({
    action,
    rule: 'X must be a matrix, an array of rows, or a table of named columns',
    received: show(X),
  });
}

/** Cells from which on converting them takes long. */
const LONG = 2 ** 18;

/** Whether converting an input takes so long that it had better be done in steps. */
export function isLong(X: MatrixLike): boolean {
  if (!Array.isArray(X)) return false;
  const first: unknown = X[0];
  return X.length * (isArrayLike(first) ? first.length : Object.keys(first ?? {}).length) >= LONG;
}

/** What a long input says, in a form that is read in no time: unnamed rows of numbers as a matrix, others as a frame. */
export function* longSteps(X: MatrixLike, action: string): Steps<Matrix | Frame> {
  return yield* hasNames(X) ? frameSteps(X, action) : cellSteps(X as readonly ArrayLike<Cell>[], action);
}

/**
 * The input in the one form that keeps all it says: sparse stays sparse, named or mixed columns become a `Frame`,
 * plain numbers a `Matrix`. Rows of any of the three can be taken. A list of texts is one column.
 */
export function toTable(X: MatrixLike, action: string): Matrix | CsrMatrix | Frame {
  if (X instanceof Matrix || X instanceof SparseMatrix || X instanceof Frame) return X;
  if (Array.isArray(X) && X.length > 0 && X.every(isText)) return new Frame([{ name: 'x0', values: X }]);
  const isMixed = Array.isArray(X) && X.some(row => isArrayLike(row) && Array.from(row).some(isText));
  return hasNames(X) || isMixed ? toFrame(X, action) : toMatrix(X, action).matrix;
}

function isText(cell: unknown): boolean {
  return typeof cell === 'string';
}

/** Whether the input is a table that can hold numbers only, without names. */
export function isNumberTable(X: MatrixLike): boolean {
  return X instanceof Matrix || X instanceof SparseMatrix || isFlat(X) || isMlMatrix(X);
}

/** Whether the columns of this input have names of their own. */
export function hasNames(X: MatrixLike): boolean {
  return X instanceof Frame || isArquero(X) || isArrow(X) || (Array.isArray(X) && isRowObjects(X));
}

/** The names of the columns, without reading the columns; undefined where the input has none of its own. */
export function columnNamesOf(X: MatrixLike): readonly string[] | undefined {
  if (X instanceof Frame || isArquero(X)) return X.columnNames();
  if (isArrow(X)) return X.schema.fields.map(({ name }) => name);
  return Array.isArray(X) && isRowObjects(X) ? Object.keys(X[0] ?? {}) : undefined;
}

/**
 * The numbers of a frame, column by column.
 *
 * @throws InvalidInputError on a column that holds anything but numbers and missing values.
 */
export function frameToMatrix(frame: Frame, action: string): Matrix {
  const columns = frame.columns.map(({ name, values }) => {
    if (values instanceof Float64Array) return values;
    return Float64Array.from(values, (cell, row) => toNumber(cell, action, row, name));
  });
  return Matrix.fromColumns(columns, frame.rows);
}

function fromFlat({ data, rows, columns }: FlatMatrix, action: string): Matrix {
  const isShape = Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0;
  if (!isShape || data.length !== rows * columns) {
    throw new InvalidInputError({
      action,
      rule: 'X.data must hold X.rows * X.columns numbers',
      received: `length ${data.length} with ${showShape(rows, columns)}`,
    });
  }
  if (data instanceof Float64Array) return new Matrix(data, rows, columns);
  return new Matrix(
    Float64Array.from(data, (cell, at) => toNumber(cell, action, Math.floor(at / columns), at % columns)),
    rows,
    columns,
  );
}
