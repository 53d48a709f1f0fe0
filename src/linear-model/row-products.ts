/**
 * Products of rows with a few vectors: X W', and X' u. Four rows are worked on at once, two outputs at a time, so that
 * each number loaded is used several times.
 *
 * The innermost functions take plain numbers, which stay in registers; objects would not.
 */
import type { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Rows from `from`, `count` of them. */
export interface RowBlock {
  readonly from: number;
  readonly count: number;
}

/** Writes X W' of a block to `scores` (count × outputs); the weights W are outputs × columns. */
export function scoresInto(X: Matrix, { from, count }: RowBlock, weights: Float64Array, scores: Float64Array): void {
  const { data, columns } = X;
  const outputs = scores.length / count;
  const last = count - 1;
  for (let r = 0; r < count; r += 4) {
    // Past the end the last row is taken again: it writes the same score twice.
    const rows: FourRows = [r, Math.min(r + 1, last), Math.min(r + 2, last), Math.min(r + 3, last)];
    let k = 0;
    for (; k + 1 < outputs; k += 2) scorePair(data, columns, from, rows, weights, k * columns, scores, outputs, k);
    if (k < outputs) scoreOne(data, columns, from, rows, weights, k * columns, scores, outputs, k);
  }
}

/** X v */
export function* timesVector(X: Matrix, v: Float64Array): Work<Float64Array> {
  const product = new Float64Array(X.rows);
  for (const block of rowBlocks(X)) {
    scoresInto(X, block, v, product.subarray(block.from, block.from + block.count));
    yield { ops: block.count * X.columns };
  }
  return product;
}

/** X' u */
export function* timesTransposedVector(X: Matrix, u: Float64Array): Work<Float64Array> {
  const product = new Float64Array(X.columns);
  for (const block of rowBlocks(X)) {
    addTransposed(X, block, u, product);
    yield { ops: block.count * X.columns };
  }
  return product;
}

/** All rows, as many at a time as may lie between two checkpoints. */
function* rowBlocks({ rows, columns }: Matrix): Generator<RowBlock> {
  const most = Math.max(1, Math.floor(MAX_OPS / columns));
  for (let from = 0; from < rows; from += most) yield { from, count: Math.min(most, rows - from) };
}

type FourRows = readonly [number, number, number, number];

function scorePair(
  data: Float64Array,
  columns: number,
  from: number,
  rows: FourRows,
  weights: Float64Array,
  start: number,
  scores: Float64Array,
  outputs: number,
  k: number,
): void {
  const a = (from + rows[0]) * columns;
  const b = (from + rows[1]) * columns;
  const c = (from + rows[2]) * columns;
  const d = (from + rows[3]) * columns;
  let a0 = 0;
  let a1 = 0;
  let b0 = 0;
  let b1 = 0;
  let c0 = 0;
  let c1 = 0;
  let d0 = 0;
  let d1 = 0;
  for (let j = 0; j < columns; j++) {
    const w0 = weights[start + j]!;
    const w1 = weights[start + columns + j]!;
    const xa = data[a + j]!;
    const xb = data[b + j]!;
    const xc = data[c + j]!;
    const xd = data[d + j]!;
    a0 += xa * w0;
    a1 += xa * w1;
    b0 += xb * w0;
    b1 += xb * w1;
    c0 += xc * w0;
    c1 += xc * w1;
    d0 += xd * w0;
    d1 += xd * w1;
  }
  scores[rows[0] * outputs + k] = a0;
  scores[rows[0] * outputs + k + 1] = a1;
  scores[rows[1] * outputs + k] = b0;
  scores[rows[1] * outputs + k + 1] = b1;
  scores[rows[2] * outputs + k] = c0;
  scores[rows[2] * outputs + k + 1] = c1;
  scores[rows[3] * outputs + k] = d0;
  scores[rows[3] * outputs + k + 1] = d1;
}

function scoreOne(
  data: Float64Array,
  columns: number,
  from: number,
  rows: FourRows,
  weights: Float64Array,
  start: number,
  scores: Float64Array,
  outputs: number,
  k: number,
): void {
  const a = (from + rows[0]) * columns;
  const b = (from + rows[1]) * columns;
  const c = (from + rows[2]) * columns;
  const d = (from + rows[3]) * columns;
  let sa = 0;
  let sb = 0;
  let sc = 0;
  let sd = 0;
  for (let j = 0; j < columns; j++) {
    const w = weights[start + j]!;
    sa += data[a + j]! * w;
    sb += data[b + j]! * w;
    sc += data[c + j]! * w;
    sd += data[d + j]! * w;
  }
  scores[rows[0] * outputs + k] = sa;
  scores[rows[1] * outputs + k] = sb;
  scores[rows[2] * outputs + k] = sc;
  scores[rows[3] * outputs + k] = sd;
}

/** Adds X' u of a block to `product`. */
function addTransposed({ data, columns }: Matrix, { from, count }: RowBlock, u: Float64Array, product: Float64Array) {
  const end = from + count;
  const whole = end - (count % 4);
  for (let i = from; i < whole; i += 4) {
    const a = i * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    const ua = u[i]!;
    const ub = u[i + 1]!;
    const uc = u[i + 2]!;
    const ud = u[i + 3]!;
    for (let j = 0; j < columns; j++) {
      product[j]! += ua * data[a + j]! + ub * data[b + j]! + (uc * data[c + j]! + ud * data[d + j]!);
    }
  }
  for (let i = whole; i < end; i++) {
    const start = i * columns;
    for (let j = 0; j < columns; j++) product[j]! += u[i]! * data[start + j]!;
  }
}
