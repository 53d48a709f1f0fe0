import { CsrMatrix, Frame, frameToMatrix, Matrix } from '../array/index.ts';
import type { Transformed } from '../core/index.ts';
import { InvalidInputError } from '../errors/index.ts';

/**
 * Tables side by side: sparse if asked for, a `Frame` where some column holds text, otherwise a `Matrix`.
 *
 * @param names makes the names of all columns; only called for a `Frame`
 * @throws InvalidInputError if a sparse result is asked for and some column holds text.
 */
export function stackTables(
  tables: readonly Transformed[],
  rows: number,
  isSparse: boolean,
  names: () => readonly string[],
  action: string,
): Transformed {
  if (tables.length === 1 && tables[0] instanceof CsrMatrix && isSparse) return tables[0];
  if (!tables.some(hasText)) {
    const numbers = tables.map(table => (table instanceof Frame ? frameToMatrix(table, action) : table));
    return isSparse ? stackSparse(numbers, rows) : stackDense(numbers, rows);
  }
  if (isSparse) {
    throw new InvalidInputError({
      action,
      rule: 'a sparse result must hold numbers only',
      received: 'a column of text',
      repair: 'encode it, or make the encoders dense with sparseOutput: false',
    });
  }
  const titles = names();
  const columns = tables.flatMap(table => {
    if (table instanceof Frame) return table.columns;
    return (table instanceof CsrMatrix ? table.toDense() : table).toTable().columns;
  });
  return new Frame(
    columns.map(({ values }, j) => ({ name: titles[j]!, values })),
    rows,
  );
}

/** Stored values of a table, for its density. */
export function storedValues(table: Transformed): number {
  return table instanceof CsrMatrix ? table.stored : table.rows * widthOf(table);
}

export function widthOf(table: Transformed): number {
  return table instanceof Frame ? table.numCols() : table.columns;
}

/** The table with all its numbers multiplied. */
export function scaleTable(table: Transformed, factor: number, action: string): Transformed {
  if (table instanceof CsrMatrix) {
    const { data, indices, indptr, rows, columns } = table;
    return new CsrMatrix(
      data.map(value => value * factor),
      indices,
      indptr,
      rows,
      columns,
    );
  }
  const { data, rows, columns } = table instanceof Frame ? frameToMatrix(table, action) : table;
  return new Matrix(
    data.map(value => value * factor),
    rows,
    columns,
  );
}

/** Whether some cell is text; numbers, booleans and missing values are all numbers to a matrix. */
export function hasText(table: Transformed): boolean {
  if (!(table instanceof Frame)) return false;
  return table.columns.some(
    ({ values }) => !(values instanceof Float64Array) && values.some(cell => typeof cell === 'string'),
  );
}

function stackDense(tables: readonly (Matrix | CsrMatrix)[], rows: number): Matrix {
  const result = Matrix.zeros(
    rows,
    tables.reduce((sum, table) => sum + table.columns, 0),
  );
  let offset = 0;
  for (const table of tables) {
    const dense = table instanceof CsrMatrix ? table.toDense() : table;
    for (let i = 0; i < rows; i++) result.row(i).set(dense.row(i), offset);
    offset += table.columns;
  }
  return result;
}

function stackSparse(tables: readonly (Matrix | CsrMatrix)[], rows: number): CsrMatrix {
  const parts = tables.map(table => (table instanceof CsrMatrix ? table : CsrMatrix.fromDense(table)));
  const stored = parts.reduce((sum, part) => sum + part.stored, 0);
  const [data, indices, indptr] = [new Float64Array(stored), new Int32Array(stored), new Int32Array(rows + 1)];
  let at = 0;
  for (let i = 0; i < rows; i++) {
    let offset = 0;
    for (const part of parts) {
      for (let from = part.indptr[i]!; from < part.indptr[i + 1]!; from++, at++) {
        data[at] = part.data[from]!;
        indices[at] = part.indices[from]! + offset;
      }
      offset += part.columns;
    }
    indptr[i + 1] = at;
  }
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return new CsrMatrix(data, indices, indptr, rows, columns);
}
