import { type Ground, isApart, makeTableArrays, type RankTable, withRooms } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { argsortFloat32 } from './radix-sort.ts';

export type RankCodes = RankTable;

/** Numbers that single precision can hold, row-major. */
interface Numbers {
  readonly data: Float64Array | Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface RankOptions {
  readonly keepsOrder: boolean;
  /** Where trees of so many classes (1 for numbers) will grow beside the codes. */
  readonly ground?: (Ground & { readonly nClasses: number }) | undefined;
}

/**
 * Ranks of every column. Cost: O(rows) per column by radix sort; 8 bytes per value, and 4 more where orders are kept.
 */
export function* encodeRanks(X: Numbers, { keepsOrder, ground }: RankOptions): Work<RankCodes> {
  const { rows, columns } = X;
  const { codes, values } = makeTableArrays(rows, columns, ground);
  const order = keepsOrder ? new Int32Array(rows * columns) : undefined;
  const offsets = new Int32Array(columns + 1);
  const missing = new Uint8Array(columns);
  const tied = new Uint8Array(columns);
  const column = new Float32Array(rows);
  const sorted = new Int32Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let i = 0, at = j; i < rows; i++, at += columns) column[i] = X.data[at]!;
    argsortFloat32(column, sorted);
    order?.set(sorted, j * rows);
    const distinct = rankInto(column, sorted, codes.subarray(j * rows, (j + 1) * rows), values.subarray(offsets[j]!));
    offsets[j + 1] = offsets[j]! + distinct;
    missing[j] = Number(rows > 0 && Number.isNaN(column[sorted[rows - 1]!]!));
    tied[j] = Number(distinct < 0.9 * rows);
    yield { ops: rows };
  }
  const used = ground === undefined ? trimmed(values, offsets[columns]!) : values.subarray(0, offsets[columns]!);
  const near = flagNear(used, offsets);
  const table = { rows, columns, codes, rooms: undefined, order, values: used, offsets, missing, tied, near };
  return withRooms(table, ground?.nClasses ?? 1, ground);
}

/** The beginning of an array: as a copy where that saves much, for then the rest can go. */
function trimmed(values: Float32Array, length: number): Float32Array {
  return length < 0.9 * values.length ? values.slice(0, length) : values.subarray(0, length);
}

function flagNear(values: Float32Array, offsets: Int32Array): Uint8Array {
  const near = new Uint8Array(values.length);
  for (let k = 1; k < values.length; k++) near[k] = Number(!isApart(values[k - 1]!, values[k]!));
  for (const first of offsets) if (first < near.length) near[first] = 0;
  return near;
}

/** Writes each row's code, and the distinct values in order; returns their number. */
function rankInto(column: Float32Array, order: Int32Array, codes: Uint32Array, values: Float32Array): number {
  let count = 0;
  let code = 0;
  let i = 0;
  for (; i < order.length; i++) {
    const value = column[order[i]!]!;
    if (Number.isNaN(value)) break;
    if (count === 0 || value !== values[count - 1]) {
      code = 2 * count + Number(count > 0 && !isApart(values[count - 1]!, value));
      values[count++] = value;
    }
    codes[order[i]!] = code;
  }
  for (; i < order.length; i++) codes[order[i]!] = 2 * count;
  return count;
}
