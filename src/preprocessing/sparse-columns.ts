import type { CsrMatrix } from '../array/index.ts';

/** The columns of a sparse matrix, one after the other, with a zero for every value that is not stored. */
export function* sparseColumns({ data, indices, rows, columns, indptr }: CsrMatrix): Generator<Float64Array, void> {
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]!++;
  for (let j = 0; j < columns; j++) starts[j + 1]! += starts[j]!;
  const next = starts.slice();
  const places = { row: new Int32Array(data.length), at: new Int32Array(data.length) };
  for (let i = 0; i < rows; i++) {
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
      const to = next[indices[at]!]!++;
      places.row[to] = i;
      places.at[to] = at;
    }
  }
  for (let j = 0; j < columns; j++) {
    const column = new Float64Array(rows);
    for (let k = starts[j]!; k < starts[j + 1]!; k++) column[places.row[k]!] = data[places.at[k]!]!;
    yield column;
  }
}
