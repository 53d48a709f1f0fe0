import { Matrix } from '../array/index.ts';
import { gramWork } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';

/** Means of columns, and the products of the columns less their means. */
export interface CentredGram {
  readonly mean: Float64Array;
  /** (A - mean)' diag(weights) (A - mean), symmetric to the bit. */
  readonly gram: Matrix;
}

export interface CentredGramOptions {
  /** Without, the means are zero. */
  readonly center: boolean;
  readonly sampleWeight?: Float64Array | undefined;
}

/** Doubles of one chunk of rows, and rows at least, so that joining its products costs less than making them. */
const CHUNK = 2 ** 18;
const FEWEST_ROWS = 256;

/**
 * The centred products of the columns of A = [parts ...], side by side, in one pass over memory: each chunk of rows is
 * centred by its own mean in the cache, and its products are joined to those before by
 * G = G_a + G_b + d d' n_a n_b / (n_a + n_b), with d the difference of the means. All terms are positive
 * semidefinite, so that no digits cancel, however large the means are.
 *
 * Source: T. Chan, G. Golub and R. LeVeque, "Algorithms for computing the sample variance", 1983.
 */
export function* centredGramWork(
  parts: readonly Matrix[],
  { center, sampleWeight }: CentredGramOptions,
): Work<CentredGram> {
  const rows = parts[0]!.rows;
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const mean = new Float64Array(columns);
  const gram = Matrix.zeros(columns, columns);
  const height = Math.max(FEWEST_ROWS, Math.floor(CHUNK / Math.max(1, columns)));
  const chunk = new Float64Array(Math.min(rows, height) * columns);
  let seen = 0;
  for (let from = 0; from < rows; from += height) {
    const range = { from, to: Math.min(rows, from + height), weights: sampleWeight?.subarray(from, from + height) };
    const weight = weightOf(range);
    const own = new Float64Array(columns);
    if (center && weight > 0) meansInto(parts, range, weight, own);
    fillChunk(parts, range, own, chunk);
    yield { ops: 2 * (range.to - from) * columns };
    const count = range.to - from;
    const products = yield* gramWork(new Matrix(chunk.subarray(0, count * columns), count, columns));
    const share = weight > 0 ? weight / (seen + weight) : 0;
    for (let j = 0; j < columns; j++) own[j]! -= mean[j]!;
    yield* joinInto(gram, products, own, seen * share);
    for (let j = 0; j < columns; j++) mean[j]! += share * own[j]!;
    seen += weight;
  }
  return { mean, gram };
}

/** Rows `from .. to - 1`, with their weights. */
interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly weights: Float64Array | undefined;
}

function weightOf({ from, to, weights }: RowRange): number {
  return weights === undefined ? to - from : weights.reduce((sum, weight) => sum + weight, 0);
}

function meansInto(parts: readonly Matrix[], range: RowRange, total: number, mean: Float64Array): void {
  let at = 0;
  for (const part of parts) {
    meansOf(part, range, total, mean.subarray(at, at + part.columns));
    at += part.columns;
  }
}

/** Summed as differences from the first row, four rows at a time: a common offset costs no digits. */
function meansOf({ data, columns }: Matrix, { from, to, weights }: RowRange, total: number, mean: Float64Array): void {
  const first = data.subarray(from * columns, (from + 1) * columns);
  for (let i = from; i < to; i += 4) {
    const [a, b, c, d] = fourWeights(weights, i - from, to - from);
    const at0 = i * columns;
    // Past the end the last row stands in, with weight 0.
    const at1 = Math.min(i + 1, to - 1) * columns;
    const at2 = Math.min(i + 2, to - 1) * columns;
    const at3 = Math.min(i + 3, to - 1) * columns;
    for (let j = 0; j < columns; j++) {
      const base = first[j]!;
      mean[j]! +=
        a * (data[at0 + j]! - base) +
        b * (data[at1 + j]! - base) +
        (c * (data[at2 + j]! - base) + d * (data[at3 + j]! - base));
    }
  }
  for (let j = 0; j < columns; j++) mean[j] = first[j]! + mean[j]! / total;
}

function fourWeights(weights: Float64Array | undefined, at: number, end: number): [number, number, number, number] {
  const weightAt = (i: number) => (i < end ? (weights?.[i] ?? 1) : 0);
  return [weightAt(at), weightAt(at + 1), weightAt(at + 2), weightAt(at + 3)];
}

/** Copies the rows of all parts, less the means and times the roots of their weights. */
function fillChunk(parts: readonly Matrix[], range: RowRange, mean: Float64Array, chunk: Float64Array): void {
  const width = mean.length;
  let at = 0;
  for (const part of parts) {
    copyCentred(part, range, mean.subarray(at, at + part.columns), chunk, at, width);
    at += part.columns;
  }
  if (range.weights !== undefined) scaleRows(chunk, width, range.weights);
}

function copyCentred(
  { data, columns }: Matrix,
  { from, to }: RowRange,
  mean: Float64Array,
  chunk: Float64Array,
  at: number,
  width: number,
): void {
  for (let i = from; i < to; i += 2) {
    const row = i * columns;
    const target = (i - from) * width + at;
    // At the end of an odd number the last row is written twice.
    const isPair = i + 1 < to;
    const nextRow = isPair ? row + columns : row;
    const nextTarget = isPair ? target + width : target;
    for (let j = 0; j < columns; j++) {
      const center = mean[j]!;
      chunk[target + j] = data[row + j]! - center;
      chunk[nextTarget + j] = data[nextRow + j]! - center;
    }
  }
}

function scaleRows(chunk: Float64Array, width: number, weights: Float64Array): void {
  for (let i = 0; i < weights.length; i++) {
    const root = Math.sqrt(weights[i]!);
    for (let j = i * width; j < (i + 1) * width; j++) chunk[j]! *= root;
  }
}

/** G + products + scale d d'. */
function* joinInto({ data, rows, columns }: Matrix, products: Matrix, d: Float64Array, scale: number): Work<void> {
  yield* inBlocks(rows, 3 * Math.max(1, columns), (from, to) => {
    for (let i = from; i < to; i++) {
      const row = i * columns;
      const own = d[i]!;
      for (let j = 0; j < columns; j++) data[row + j]! += products.data[row + j]! + scale * (own * d[j]!);
    }
  });
}
