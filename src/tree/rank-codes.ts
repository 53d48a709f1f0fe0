import { isApart, type RankTable } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { argsortFloat32 } from './radix-sort.ts';
import type { SingleMatrix } from './single-matrix.ts';

export type RankCodes = RankTable;

/** Ranks of every column. Cost: O(rows) per column by radix sort; 12 bytes per value. */
export function* encodeRanks(X: SingleMatrix): Work<RankCodes> {
  const { rows, columns } = X;
  const codes = new Uint32Array(rows * columns);
  const order = new Int32Array(rows * columns);
  const offsets = new Int32Array(columns + 1);
  const missing = new Uint8Array(columns);
  const tied = new Uint8Array(columns);
  const distinct: Float32Array[] = [];
  const column = new Float32Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let i = 0, at = j; i < rows; i++, at += columns) column[i] = X.data[at]!;
    const sorted = order.subarray(j * rows, (j + 1) * rows);
    argsortFloat32(column, sorted);
    const values = rankInto(column, sorted, codes.subarray(j * rows, (j + 1) * rows));
    distinct.push(values);
    offsets[j + 1] = offsets[j]! + values.length;
    missing[j] = Number(rows > 0 && Number.isNaN(column[sorted[rows - 1]!]!));
    tied[j] = Number(values.length < 0.9 * rows);
    yield { ops: rows };
  }
  const values = new Float32Array(offsets[columns]!);
  for (let j = 0; j < columns; j++) values.set(distinct[j]!, offsets[j]!);
  return { rows, columns, codes, order, values, offsets, missing, tied, near: flagNear(values, offsets) };
}

function flagNear(values: Float32Array, offsets: Int32Array): Uint8Array {
  const near = new Uint8Array(values.length);
  for (let k = 1; k < values.length; k++) near[k] = Number(!isApart(values[k - 1]!, values[k]!));
  for (const first of offsets) if (first < near.length) near[first] = 0;
  return near;
}

/** Writes each row's rank and returns the distinct values in order. */
function rankInto(column: Float32Array, order: Int32Array, codes: Uint32Array): Float32Array {
  const values = new Float32Array(column.length);
  let count = 0;
  let i = 0;
  for (; i < order.length; i++) {
    const value = column[order[i]!]!;
    if (Number.isNaN(value)) break;
    if (count === 0 || value !== values[count - 1]) values[count++] = value;
    codes[order[i]!] = count - 1;
  }
  for (; i < order.length; i++) codes[order[i]!] = count;
  return values.slice(0, count);
}
