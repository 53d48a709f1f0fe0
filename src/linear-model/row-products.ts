/**
 * The two products that every linear model's gradient is made of, over a block of rows that stays in the cache:
 * scores = X W' + b, and the transposed gradient G' X. Four rows are worked on at once, two outputs at a time, so
 * that each number loaded is used several times.
 *
 * The innermost functions take plain numbers, which stay in registers; objects would not.
 *
 * Weights hold one row per output: `columns` coefficients, and then its intercept where `stride` is one more.
 */
import type { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Rows from `from`, `count` of them. */
export interface RowBlock {
  readonly from: number;
  readonly count: number;
}

/** Writes the scores of a block to `scores` (count × outputs). */
export function scoresInto(
  X: Matrix,
  { from, count }: RowBlock,
  weights: Float64Array,
  stride: number,
  scores: Float64Array,
): void {
  const { data, columns } = X;
  const outputs = weights.length / stride;
  const last = count - 1;
  for (let r = 0; r < count; r += 4) {
    // Past the end the last row is taken again: it writes the same score twice.
    const rows: FourRows = [r, Math.min(r + 1, last), Math.min(r + 2, last), Math.min(r + 3, last)];
    let k = 0;
    for (; k + 1 < outputs; k += 2)
      scorePair(data, columns, from, rows, weights, k * stride, stride, scores, outputs, k);
    if (k < outputs) scoreOne(data, columns, from, rows, weights, k * stride, scores, outputs, k);
  }
  if (stride > columns) addIntercepts(weights, stride, columns, scores, outputs, count);
}

/** Adds a block's share of G' X (and the sums of G, where the weights have intercepts) to `gradient`. */
export function addTransposed(
  X: Matrix,
  { from, count }: RowBlock,
  G: Float64Array,
  gradient: Float64Array,
  stride: number,
): void {
  const { data, columns } = X;
  const outputs = gradient.length / stride;
  const whole = count - (count % 4);
  for (let r = 0; r < whole; r += 4) {
    let k = 0;
    for (; k + 1 < outputs; k += 2)
      addPair(data, columns, (from + r) * columns, G, r * outputs + k, outputs, gradient, k * stride, stride);
    if (k < outputs) addOne(data, columns, (from + r) * columns, G, r * outputs + k, outputs, gradient, k * stride);
  }
  for (let r = whole; r < count; r++) addRow(data, columns, (from + r) * columns, G, r * outputs, gradient, stride);
  if (stride > columns) addSums(G, count, gradient, stride, columns);
}

/** X v */
export function* timesVector(X: Matrix, v: Float64Array): Work<Float64Array> {
  const product = new Float64Array(X.rows);
  for (const block of rowBlocks(X)) {
    scoresInto(X, block, v, X.columns, product.subarray(block.from, block.from + block.count));
    yield { ops: block.count * X.columns };
  }
  return product;
}

/** X' u */
export function* timesTransposedVector(X: Matrix, u: Float64Array): Work<Float64Array> {
  const product = new Float64Array(X.columns);
  for (const block of rowBlocks(X)) {
    addTransposed(X, block, u.subarray(block.from, block.from + block.count), product, X.columns);
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
  stride: number,
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
    const w1 = weights[start + stride + j]!;
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

function addIntercepts(
  weights: Float64Array,
  stride: number,
  columns: number,
  scores: Float64Array,
  outputs: number,
  count: number,
): void {
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < outputs; k++) scores[r * outputs + k]! += weights[k * stride + columns]!;
  }
}

function addPair(
  data: Float64Array,
  columns: number,
  first: number,
  G: Float64Array,
  at: number,
  outputs: number,
  gradient: Float64Array,
  start: number,
  stride: number,
): void {
  const ga0 = G[at]!;
  const ga1 = G[at + 1]!;
  const gb0 = G[at + outputs]!;
  const gb1 = G[at + outputs + 1]!;
  const gc0 = G[at + 2 * outputs]!;
  const gc1 = G[at + 2 * outputs + 1]!;
  const gd0 = G[at + 3 * outputs]!;
  const gd1 = G[at + 3 * outputs + 1]!;
  const b = first + columns;
  const c = b + columns;
  const d = c + columns;
  for (let j = 0; j < columns; j++) {
    const xa = data[first + j]!;
    const xb = data[b + j]!;
    const xc = data[c + j]!;
    const xd = data[d + j]!;
    gradient[start + j]! += ga0 * xa + gb0 * xb + (gc0 * xc + gd0 * xd);
    gradient[start + stride + j]! += ga1 * xa + gb1 * xb + (gc1 * xc + gd1 * xd);
  }
}

function addOne(
  data: Float64Array,
  columns: number,
  first: number,
  G: Float64Array,
  at: number,
  outputs: number,
  gradient: Float64Array,
  start: number,
): void {
  const ga = G[at]!;
  const gb = G[at + outputs]!;
  const gc = G[at + 2 * outputs]!;
  const gd = G[at + 3 * outputs]!;
  const b = first + columns;
  const c = b + columns;
  const d = c + columns;
  for (let j = 0; j < columns; j++) {
    gradient[start + j]! += ga * data[first + j]! + gb * data[b + j]! + (gc * data[c + j]! + gd * data[d + j]!);
  }
}

function addRow(
  data: Float64Array,
  columns: number,
  first: number,
  G: Float64Array,
  at: number,
  gradient: Float64Array,
  stride: number,
): void {
  for (let k = 0; k * stride < gradient.length; k++) {
    const g = G[at + k]!;
    for (let j = 0; j < columns; j++) gradient[k * stride + j]! += g * data[first + j]!;
  }
}

function addSums(G: Float64Array, count: number, gradient: Float64Array, stride: number, columns: number): void {
  const outputs = gradient.length / stride;
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < outputs; k++) gradient[k * stride + columns]! += G[r * outputs + k]!;
  }
}
