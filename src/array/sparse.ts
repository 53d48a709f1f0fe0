import { InvalidInputError, show, showShape } from '../errors/index.ts';
import { Matrix } from './matrix.ts';
import { SparseMatrix } from './sparse-matrix.ts';

/**
 * A sparse matrix by compressed rows: the stored values of row `i` are `data[indptr[i] .. indptr[i + 1]]`, in the
 * columns `indices[...]`, which ascend within a row.
 */
export class CsrMatrix extends SparseMatrix {
  readonly data: Float64Array;
  readonly indices: Int32Array;
  readonly indptr: Int32Array;
  readonly rows: number;
  readonly columns: number;

  /** @throws InvalidInputError if the three lists do not describe a matrix of this shape. */
  constructor(data: Float64Array, indices: Int32Array, indptr: Int32Array, rows: number, columns: number) {
    super();
    if (!isCount(rows) || !isCount(columns)) {
      refuse('rows and columns must be whole numbers >= 0', showShape(rows, columns));
    }
    if (!(data instanceof Float64Array)) refuse('data must be a Float64Array', show(data));
    if (!(indices instanceof Int32Array)) refuse('indices must be an Int32Array', show(indices));
    if (!(indptr instanceof Int32Array)) refuse('indptr must be an Int32Array', show(indptr));
    checkOffsets(indptr, rows, data.length);
    checkIndices(indices, indptr, columns, data.length);
    this.data = data;
    this.indices = indices;
    this.indptr = indptr;
    this.rows = rows;
    this.columns = columns;
  }

  /** The stored (non-zero) values of a dense matrix. */
  static fromDense(dense: Matrix): CsrMatrix {
    if (!(dense instanceof Matrix)) refuse('it must be made of a Matrix', show(dense));
    const data: number[] = [];
    const indices: number[] = [];
    const indptr = new Int32Array(dense.rows + 1);
    for (let i = 0; i < dense.rows; i++) {
      dense.row(i).forEach((value, j) => {
        if (value === 0) return;
        data.push(value);
        indices.push(j);
      });
      indptr[i + 1] = data.length;
    }
    return new CsrMatrix(Float64Array.from(data), Int32Array.from(indices), indptr, dense.rows, dense.columns);
  }

  /** Number of stored values. */
  get stored(): number {
    return this.data.length;
  }

  toDense(): Matrix {
    const dense = Matrix.zeros(this.rows, this.columns);
    for (let i = 0; i < this.rows; i++) {
      const row = dense.row(i);
      for (let at = this.indptr[i]!; at < this.indptr[i + 1]!; at++) row[this.indices[at]!]! += this.data[at]!;
    }
    return dense;
  }

  /** A copy of the rows at `indices`, in that order. */
  takeRows(rows: ArrayLike<number>): CsrMatrix {
    const indptr = new Int32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      indptr[i + 1] = indptr[i]! + this.indptr[rows[i]! + 1]! - this.indptr[rows[i]!]!;
    }
    const data = new Float64Array(indptr[rows.length]!);
    const indices = new Int32Array(data.length);
    for (let i = 0; i < rows.length; i++) {
      const from = this.indptr[rows[i]!]!;
      const to = this.indptr[rows[i]! + 1]!;
      data.set(this.data.subarray(from, to), indptr[i]!);
      indices.set(this.indices.subarray(from, to), indptr[i]!);
    }
    return new CsrMatrix(data, indices, indptr, rows.length, this.columns);
  }

  /** A copy of the columns at `columns`, in that order. */
  takeColumns(columns: ArrayLike<number>): CsrMatrix {
    const targets = Array.from({ length: this.columns }, (): number[] => []);
    for (let to = 0; to < columns.length; to++) targets[columns[to]!]!.push(to);
    const data: number[] = [];
    const indices: number[] = [];
    const indptr = new Int32Array(this.rows + 1);
    for (let i = 0; i < this.rows; i++) {
      const row: [column: number, value: number][] = [];
      for (let at = this.indptr[i]!; at < this.indptr[i + 1]!; at++) {
        for (const to of targets[this.indices[at]!]!) row.push([to, this.data[at]!]);
      }
      for (const [column, value] of row.sort((a, b) => a[0] - b[0])) {
        indices.push(column);
        data.push(value);
      }
      indptr[i + 1] = data.length;
    }
    return new CsrMatrix(Float64Array.from(data), Int32Array.from(indices), indptr, this.rows, columns.length);
  }

  toArray(): number[][] {
    return this.toDense().toArray();
  }
}

function checkOffsets(indptr: Int32Array, rows: number, stored: number): void {
  if (indptr.length !== rows + 1) refuse(`indptr must have rows + 1 (${rows + 1}) values`, `length ${indptr.length}`);
  if (indptr[0] !== 0 || indptr[rows] !== stored) {
    refuse(`indptr must go from 0 to the number of values (${stored})`, `${show(indptr[0])} to ${show(indptr[rows])}`);
  }
  const fall = indptr.findIndex((end, i) => i > 0 && end < indptr[i - 1]!);
  if (fall !== -1) refuse('indptr must not descend', `${indptr[fall - 1]}, ${indptr[fall]} at row ${fall - 1}`);
}

function checkIndices(indices: Int32Array, indptr: Int32Array, columns: number, stored: number): void {
  if (indices.length !== stored) {
    refuse(`indices must have one column per value (${stored})`, `length ${indices.length}`);
  }
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let at = indptr[i]!, least = 0; at < indptr[i + 1]!; at++) {
      const column = indices[at]!;
      if (column < least || column >= columns) {
        refuse(`indices must ascend within a row and be less than ${columns}`, `${column} in row ${i}`);
      }
      least = column + 1;
    }
  }
}

function isCount(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

function refuse(rule: string, received: string): never {
  throw new InvalidInputError({ action: 'make a CsrMatrix', rule, received });
}
