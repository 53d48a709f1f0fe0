import type { Work } from '../work/index.ts';
import { argsortFloat32 } from './radix-sort.ts';
import type { SingleMatrix } from './single-matrix.ts';

/** Values of one column closer than this (in single precision) are never separated. */
export const FEATURE_THRESHOLD = Math.fround(1e-7);

/**
 * A feature matrix in the form in which trees read it: single precision, by column, each value as its rank among the
 * column's distinct values. Ranks are made once and shared by all trees of a forest; nodes sort ranks, not floats.
 */
export interface RankCodes {
  readonly rows: number;
  readonly columns: number;
  /** columns × rows: the rank of each value; missing values have the rank after the last. */
  readonly codes: Uint32Array;
  /** columns × rows: the rows in ascending order of the column, ties by row, missing values last. */
  readonly order: Int32Array;
  /** The distinct values of all columns, one column after another. */
  readonly values: Float32Array;
  /** `values[offsets[j] .. offsets[j + 1])` are those of column `j`. */
  readonly offsets: Int32Array;
  /** 1 where the column has missing values. */
  readonly missing: Uint8Array;
  /** 1 where many rows of the column share a value, so that most nodes will have ties. */
  readonly tied: Uint8Array;
  /** 1 for values too close to the one before them in their column to be separated from it. */
  readonly near: Uint8Array;
}

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

/** Whether a split may pass between two values, `low` before `high` in the order of the column. */
export function isApart(low: number, high: number): boolean {
  return high > Math.fround(low + FEATURE_THRESHOLD);
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
