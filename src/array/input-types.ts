import type { Cell, Frame } from './frame.ts';
import type { Matrix } from './matrix.ts';
import type { CsrMatrix } from './sparse.ts';

/** Row-major numbers with their shape. */
export interface FlatMatrix {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** The part of an ml-matrix matrix that is read. */
export interface MlMatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
  to2DArray(): number[][];
}

/** The part of an arquero table that is read; filters and orders are honoured. */
export interface ArqueroLike {
  columnNames(): string[];
  numRows(): number;
  /** Row by row in the table's order: `row` indexes the raw columns. */
  scan(visit: (row?: number) => void, ordered?: boolean): unknown;
  getter(name: string): (row: number) => unknown;
}

/** The part of an Arrow table (flechette, apache-arrow) that is read. */
export interface ArrowLike {
  readonly numRows: number;
  readonly schema: {
    readonly fields: readonly { readonly name: string; readonly type?: { readonly typeId?: number } }[];
  };
  getChild(name: string): ArrowColumnLike | null | undefined;
}

/** One column of an Arrow table. */
export interface ArrowColumnLike {
  readonly length: number;
  at(index: number): unknown;
}

/** An object per row, by column name. */
export type RowObject = Readonly<Record<string, Cell>>;

/**
 * Everything that stands for a table of samples. Missing is `NaN`; `null` and `undefined` become `NaN`. It is read
 * once, at the boundary, and never written to.
 */
export type MatrixLike =
  | Matrix
  | CsrMatrix
  | Frame
  | FlatMatrix
  | MlMatrixLike
  | ArqueroLike
  | ArrowLike
  | readonly ArrayLike<Cell>[]
  | readonly RowObject[];
