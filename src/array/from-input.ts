/**
 * What users pass becomes a `Matrix` (numbers), a `CsrMatrix` (left as it is) or a `Frame` (mixed, named columns).
 * Detection is by structure, so that no table library is imported here.
 */
import { InvalidInputError, show, showShape } from '../errors/index.ts';
import { type Cell, type Column, Frame } from './frame.ts';
import type {
  ArqueroLike,
  ArrowColumnLike,
  ArrowLike,
  FlatMatrix,
  MatrixLike,
  MlMatrixLike,
  RowObject,
} from './input-types.ts';
import { Matrix } from './matrix.ts';
import type { CsrMatrix } from './sparse.ts';
import { SparseMatrix } from './sparse-matrix.ts';

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
 * A table of named columns from any input; columns without names are called `x0`, `x1`, ...; `named` tells which.
 *
 * @throws InvalidInputError on ragged rows, unknown inputs, and values that no column can hold.
 */
export function toFrame(X: MatrixLike, action: string): Frame {
  if (X instanceof Frame) return X;
  if (isArquero(X)) return fromArquero(X, action);
  if (isArrow(X)) return fromArrow(X, action);
  if (Array.isArray(X) && isRowObjects(X)) return fromRowObjects(X, action);
  if (Array.isArray(X)) return cellsToFrame(X, action);
  if (isNumberTable(X)) return toMatrix(X, action).matrix.toTable();
  throw new InvalidInputError({
    action,
    rule: 'X must be a matrix, an array of rows, or a table of named columns',
    received: show(X),
  });
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

function isFlat(X: unknown): X is FlatMatrix {
  return isObject(X) && 'data' in X && 'rows' in X && 'columns' in X && isArrayLike(X.data) && !isMlMatrix(X);
}

function isMlMatrix(X: unknown): X is MlMatrixLike {
  return isObject(X) && typeof X.to2DArray === 'function' && typeof X.rows === 'number';
}

function isArquero(X: unknown): X is ArqueroLike {
  return isObject(X) && typeof X.columnNames === 'function' && typeof X.scan === 'function';
}

function isArrow(X: unknown): X is ArrowLike {
  return isObject(X) && typeof X.getChild === 'function' && isObject(X.schema);
}

function isRowObjects(X: readonly unknown[]): X is readonly RowObject[] {
  const first = X[0];
  return isObject(first) && !isArrayLike(first);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
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

function fromCells(X: readonly ArrayLike<Cell>[], action: string): Matrix {
  const columns = checkRows(X, action);
  const matrix = Matrix.zeros(X.length, columns);
  for (let i = 0, at = 0; i < X.length; i++) {
    const row = X[i]!;
    for (let j = 0; j < columns; j++, at++) {
      const cell = row[j];
      matrix.data[at] = typeof cell === 'number' ? cell : toNumber(cell, action, i, j);
    }
  }
  return matrix;
}

function checkRows(X: readonly unknown[], action: string): number {
  const first = X[0];
  const columns = isArrayLike(first) ? first.length : 0;
  for (let i = 0; i < X.length; i++) {
    const row = X[i];
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
  return columns;
}

function toNumber(cell: unknown, action: string, row: number, column: number | string): number {
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

function cellsToFrame(X: readonly ArrayLike<Cell>[], action: string): Frame {
  const width = checkRows(X, action);
  const columns = Array.from({ length: width }, (_, j) =>
    makeColumn(
      `x${j}`,
      X.map(row => row[j]),
      action,
    ),
  );
  return new Frame(columns, X.length);
}

function fromRowObjects(X: readonly RowObject[], action: string): Frame {
  const names = Object.keys(X[0] ?? {});
  const known = new Set(names);
  X.forEach((row, i) => {
    const isRow = isObject(row) && !isArrayLike(row);
    const extra = isRow ? Object.keys(row).find(name => !known.has(name)) : undefined;
    if (!isRow || extra !== undefined) {
      throw new InvalidInputError({
        action,
        rule: `X must have rows with the columns of row 0 (${show(names)})`,
        received: `${extra === undefined ? show(row) : `column ${show(extra)}`} at row ${i}`,
      });
    }
  });
  const own = (row: RowObject, name: string) => (Object.hasOwn(row, name) ? row[name] : undefined);
  return new Frame(
    names.map(name =>
      makeColumn(
        name,
        X.map(row => own(row, name)),
        action,
      ),
    ),
    X.length,
  );
}

function fromArquero(table: ArqueroLike, action: string): Frame {
  const order: number[] = [];
  table.scan(row => order.push(row ?? order.length), true);
  const columns = table.columnNames().map(name => {
    const read = table.getter(name);
    return makeColumn(
      name,
      order.map((_, i) => read.call(table, i)),
      action,
    );
  });
  return new Frame(columns, order.length);
}

function fromArrow(table: ArrowLike, action: string): Frame {
  const columns = table.schema.fields.map(({ name, type }) => {
    if (DATES.includes(type?.typeId)) {
      throw new InvalidInputError({
        action,
        rule: 'X must hold numbers, strings and booleans',
        received: `dates in column ${show(name)}`,
        repair: 'convert them first, e.g. to days since a date of your choice',
      });
    }
    const child = table.getChild(name);
    return makeColumn(
      name,
      Array.from({ length: table.numRows }, (_, i) => readArrowCell(child, i, action, name)),
      action,
    );
  });
  return new Frame(columns, table.numRows);
}

/** Arrow's type ids of dates and timestamps, which its libraries read as milliseconds without a word. */
const DATES: readonly (number | undefined)[] = [8, 10];

function readArrowCell(child: ArrowColumnLike | null | undefined, row: number, action: string, name: string): unknown {
  try {
    return child!.at(row);
  } catch (error) {
    throw new InvalidInputError({
      action,
      rule: `column ${show(name)} must be readable`,
      received: `'${error instanceof Error ? error.message : show(error)}' at row ${row}`,
    });
  }
}

/** Numbers with holes become a `Float64Array`; anything else stays as it is, cell by cell. */
function makeColumn(name: string, values: readonly unknown[], action: string): Column {
  const isNumeric = values.every(value => typeof value === 'number' || value === null || value === undefined);
  if (isNumeric && values.some(value => typeof value === 'number')) {
    return { name, values: Float64Array.from(values, value => (typeof value === 'number' ? value : Number.NaN)) };
  }
  return { name, values: values.map((value, row) => toCell(value, action, row, name)) };
}

function toCell(value: unknown, action: string, row: number, name: string): Cell {
  if (value === null || value === undefined) return value;
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint' && value >= -(2n ** 53n) && value <= 2n ** 53n) return Number(value);
  throw new InvalidInputError({
    action,
    rule: 'X must hold numbers, strings and booleans',
    received: `${show(value)} at row ${row}, column ${show(name)}`,
    ...(value instanceof Date ? { repair: 'convert it first, e.g. with getTime()' } : {}),
  });
}
