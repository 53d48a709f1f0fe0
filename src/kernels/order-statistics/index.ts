/**
 * Quantiles of columns, as the two values between which each lies; missing values (`NaN`) are passed over. Cost: one
 * read of the matrix per share, and O(rows^(2/3) log rows) per column.
 *
 * Few rows are sorted. Of many, a sample gives a bracket of two values around each quantile; one pass counts the
 * values below it and gathers the few within, among which the rank is then selected. Versions of that pass:
 * `reference.ts` and `kernel.as.ts`.
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/order-statistics.ts';
import { lazyKernel } from '../load.ts';
import { type Bracket, bracketsOf, roomBetween, sampleRows } from './brackets.ts';
import { type Neighbours, NO_NEIGHBOURS, neighboursBySorting, ranksAt, type Sifting, sift } from './reference.ts';
import { select } from './select.ts';
import { Sifted, siftPart } from './sift-part.ts';

export { linearQuantile, medianOf } from './interpolate.ts';
export type { Neighbours };
export { select };

interface OrderStatisticsExports {
  sift(block: number, rows: number, width: number, lower: number, upper: number, tallies: number, found: number): void;
}

/** Columns sifted together, and doubles of one block of them, which stays in the second-level cache. */
const STRIP = 64;
const BLOCK = 65_536;
/** Up to this many rows sorting is faster (measured). */
const FEW_ROWS = 4096;
/** Half a bracket's width in standard deviations of the sampled rank: one in two thousand misses. */
const DEVIATIONS = 3.5;

const kernel = lazyKernel<OrderStatisticsExports>(WASM_BASE64, ownArena);

/**
 * The neighbours of each share (in [0, 1]) of the values of each column, a list per column: of `count` values those
 * of rank `floor((count - 1) share)`, from 0 on, and of the next rank.
 */
export function* columnNeighboursWork(X: Matrix, shares: readonly number[]): Work<Neighbours[][]> {
  if (X.rows <= FEW_ROWS) return yield* sortColumns(X, shares);
  const found: Neighbours[][] = [];
  for (let from = 0; from < X.columns; from += STRIP) {
    found.push(...(yield* siftStrip(X, shares, from, Math.min(X.columns, from + STRIP), DEVIATIONS)));
  }
  return found;
}

function* sortColumns(X: Matrix, shares: readonly number[]): Work<Neighbours[][]> {
  const found: Neighbours[][] = [];
  for (let j = 0; j < X.columns; j++) {
    found.push(neighboursBySorting(X.column(j), shares));
    yield { ops: sortingOps(X.rows) };
  }
  return found;
}

function* siftStrip(
  X: Matrix,
  shares: readonly number[],
  from: number,
  to: number,
  deviations: number,
): Work<Neighbours[][]> {
  const perColumn = yield* bracketColumns(X, shares, from, to, deviations);
  const brackets = shares.map((_, share) => perColumn.map(list => list[share]!));
  const results = shares.map(() => perColumn.map(() => new Sifted(roomBetween(X.rows, deviations))));
  const siftBlock = siftByKernel() ?? sift;
  const height = Math.max(1, Math.floor(Math.min(BLOCK, MAX_OPS / shares.length) / (to - from)));
  for (let row = 0; row < X.rows; row += height) {
    const part = { fromRow: row, toRow: Math.min(X.rows, row + height), fromColumn: from, toColumn: to };
    siftPart(siftBlock, X, part, brackets, results);
    yield { ops: (part.toRow - row) * (to - from) * shares.length };
  }
  const found: Neighbours[][] = [];
  for (let j = 0; j < to - from; j++) {
    const own = shares.map((share, s) => neighboursOf(results[s]![j]!, brackets[s]![j]!, share));
    yield { ops: results.reduce((sum, list) => sum + list[j]!.toUpper - list[j]!.toLower, 0) };
    if (own.every(neighbours => neighbours !== undefined)) found.push(own);
    else found.push(...(yield* siftStrip(X, shares, from + j, from + j + 1, 2 * deviations)));
  }
  return found;
}

function siftByKernel(): ((sifting: Sifting) => void) | undefined {
  const fast = kernel();
  if (fast === undefined) return undefined;
  return ({ block, rows, width, lower, upper, tallies, found }) =>
    fast.sift(block.byteOffset, rows, width, lower.byteOffset, upper.byteOffset, tallies.byteOffset, found.byteOffset);
}

function* bracketColumns(
  X: Matrix,
  shares: readonly number[],
  from: number,
  to: number,
  deviations: number,
): Work<Bracket[][]> {
  const rows = sampleRows(X.rows);
  const brackets: Bracket[][] = [];
  for (const sample of columnsAt(X, rows, from, to)) {
    brackets.push(bracketsOf(sample.sort(), shares, deviations));
    yield { ops: sortingOps(rows.length) };
  }
  return brackets;
}

/** The numbers of some columns in some rows; row by row, because each row is somewhere else in memory. */
function columnsAt({ data, columns }: Matrix, rows: Int32Array, from: number, to: number): Float64Array[] {
  const lists = Array.from({ length: to - from }, () => new Float64Array(rows.length));
  const counts = new Int32Array(lists.length);
  for (const row of rows) {
    for (let j = 0; j < lists.length; j++) {
      const value = data[row * columns + from + j]!;
      if (!Number.isNaN(value)) lists[j]![counts[j]!++] = value;
    }
  }
  return lists.map((list, j) => list.subarray(0, counts[j]!));
}

function sortingOps(rows: number): number {
  return rows * Math.ceil(Math.log2(rows + 1));
}

/** Undefined where the bracket missed the quantile. */
function neighboursOf(sifted: Sifted, bracket: Bracket, share: number): Neighbours | undefined {
  if (sifted.numbers === 0) return NO_NEIGHBOURS;
  const { lower, upper, weight } = ranksAt(sifted.numbers, share);
  if (lower < sifted.below || upper >= sifted.toUpper) return undefined;
  const between = sifted.between();
  const place = lower - sifted.toLower;
  const first = place < 0 ? bracket.lower : place < between.length ? select(between, place) : bracket.upper;
  if (upper === lower) return { lower: first + 0, upper: first + 0, weight };
  // What `select` leaves behind a place is not less than what it put there.
  const next = place + 1 < 0 ? bracket.lower : Math.min(bracket.upper, leastFrom(between, place + 1));
  return { lower: first + 0, upper: next + 0, weight };
}

/** The least value from a place on; Infinity beyond the last. */
function leastFrom(values: Float64Array, from: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at < values.length; at++) if (values[at]! < least) least = values[at]!;
  return least;
}
