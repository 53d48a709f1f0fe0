import { InvalidInputError, show, showShape } from '../errors/index.ts';
import { Frame } from './frame.ts';

/** Values from which on a row is copied faster as a view than one by one. */
const LONG_ROW = 128;

/**
 * A table of numbers: `rows` × `columns`, row-major in one `Float64Array`.
 *
 * @example
 * import { Matrix } from 'fitwise';
 * const X = Matrix.fromRows([[1, 2], [3, 4]]);
 * X.get(1, 0); // 3
 */
export class Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;

  /** @throws InvalidInputError if `data` does not hold `rows * columns` numbers. */
  constructor(data: Float64Array, rows: number, columns: number) {
    if (!isCount(rows) || !isCount(columns)) {
      refuse('rows and columns must be whole numbers >= 0', showShape(rows, columns));
    }
    if (!(data instanceof Float64Array)) refuse('data must be a Float64Array', show(data));
    if (data.length !== rows * columns) {
      refuse(`data must hold rows * columns (${rows} * ${columns}) numbers`, `length ${data.length}`);
    }
    this.data = data;
    this.rows = rows;
    this.columns = columns;
  }

  /** @throws InvalidInputError if a size is not a whole number >= 0. */
  static zeros(rows: number, columns: number): Matrix {
    if (!isCount(rows) || !isCount(columns)) {
      refuse('rows and columns must be whole numbers >= 0', showShape(rows, columns));
    }
    return new Matrix(new Float64Array(rows * columns), rows, columns);
  }

  /**
   * Copies equally long rows of numbers; `columns` is only needed where there may be no row.
   *
   * @throws InvalidInputError on a row of another length, and on a value that is not a number.
   */
  static fromRows(rows: readonly ArrayLike<number>[], columns = rows?.[0]?.length ?? 0): Matrix {
    if (!Array.isArray(rows)) refuse('rows must be a list of lists', show(rows));
    const result = Matrix.zeros(rows.length, columns);
    rows.forEach((row, i) => {
      checkList(row, columns, `row ${i}`);
      result.data.set(row, i * columns);
    });
    return result;
  }

  /**
   * Copies equally long columns of numbers.
   *
   * @throws InvalidInputError on a column of another length, and on a value that is not a number.
   */
  static fromColumns(columns: readonly ArrayLike<number>[], rows = columns?.[0]?.length ?? 0): Matrix {
    if (!Array.isArray(columns)) refuse('columns must be a list of lists', show(columns));
    const result = Matrix.zeros(rows, columns.length);
    columns.forEach((column, j) => {
      checkList(column, rows, `column ${j}`);
      for (let i = 0; i < rows; i++) result.data[i * columns.length + j] = column[i]!;
    });
    return result;
  }

  get(row: number, column: number): number {
    return this.data[row * this.columns + column]!;
  }

  set(row: number, column: number, value: number): void {
    this.data[row * this.columns + column] = value;
  }

  /** Row `i` as a view: writing to it writes to the matrix. */
  row(i: number): Float64Array {
    return this.data.subarray(i * this.columns, (i + 1) * this.columns);
  }

  /** A copy of column `j`. */
  column(j: number): Float64Array {
    const result = new Float64Array(this.rows);
    for (let i = 0; i < this.rows; i++) result[i] = this.data[i * this.columns + j]!;
    return result;
  }

  /** A copy of the rows at `indices`, in that order. */
  takeRows(indices: ArrayLike<number>): Matrix {
    const result = Matrix.zeros(indices.length, this.columns);
    const { data, columns } = this;
    for (let i = 0, to = 0; i < indices.length; i++, to += columns) {
      const from = indices[i]! * columns;
      if (columns > LONG_ROW) result.data.set(this.row(indices[i]!), to);
      else for (let j = 0; j < columns; j++) result.data[to + j] = data[from + j]!;
    }
    return result;
  }

  /** A copy of the columns at `indices`, in that order. */
  takeColumns(indices: ArrayLike<number>): Matrix {
    const width = indices.length;
    const result = Matrix.zeros(this.rows, width);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < width; j++) result.data[i * width + j] = this.data[i * this.columns + indices[j]!]!;
    }
    return result;
  }

  transpose(): Matrix {
    const result = Matrix.zeros(this.columns, this.rows);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) result.data[j * this.rows + i] = this.data[i * this.columns + j]!;
    }
    return result;
  }

  /** A matrix of `f` of every element. */
  map(f: (value: number, row: number, column: number) => number): Matrix {
    const result = Matrix.zeros(this.rows, this.columns);
    for (let i = 0, at = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++, at++) result.data[at] = f(this.data[at]!, i, j);
    }
    return result;
  }

  clone(): Matrix {
    return new Matrix(this.data.slice(), this.rows, this.columns);
  }

  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from(this.row(i)));
  }

  /** The columns by name; `toArquero` goes on from there. */
  toTable(names: readonly string[] = Array.from({ length: this.columns }, (_, j) => `x${j}`)): Frame {
    if (!Array.isArray(names) || names.length !== this.columns) {
      throw new InvalidInputError({
        action: 'make a table of a Matrix',
        rule: `names must have one name per column (${this.columns})`,
        received: Array.isArray(names) ? showShape(names.length) : show(names),
      });
    }
    return new Frame(
      names.map((name, j) => ({ name, values: this.column(j) })),
      this.rows,
    );
  }
}

/** A typed array would take `null` for 0 and text for NaN, so lists of anything else are looked at. */
function checkList(list: ArrayLike<number>, length: number, what: string): void {
  if (!Array.isArray(list) && !(ArrayBuffer.isView(list) && 'length' in list))
    refuse(`${what} must be a list`, show(list));
  if (list.length !== length) refuse(`${what} must have ${length} values`, `length ${list.length}`);
  if (ArrayBuffer.isView(list)) return;
  for (let k = 0; k < length; k++) {
    if (typeof list[k] !== 'number') refuse(`${what} must hold numbers`, `${show(list[k])} at ${k}`);
  }
}

function isCount(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'make a Matrix', rule, received });
}
