import { Matrix } from '../../array/index.ts';
import { matmulWork } from '../../kernels/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import type { Samples } from './samples.ts';
import { squaredDistance } from './squared-distance.ts';

/** From this many numbers in the centers on, a matrix product beats a plain loop (measured; equal at 8 × 10). */
const LARGE = 256;
/** Rows per product: its result stays in the processor's cache. */
const ROWS = 1024;

/**
 * Writes the nearest center of each row to `labels`, the first of equally near ones. As |x - c|² = |x|² - 2 x'c + |c|²
 * and |x|² is the same for all centers, the least |c|² - 2 x'c decides.
 */
export function* assignNearest(X: Matrix, centers: Matrix, labels: Int32Array): Work<void> {
  const { rows, columns } = centers;
  const norms = Float64Array.from({ length: rows }, (_, j) => {
    let total = 0;
    for (let at = j * columns; at < (j + 1) * columns; at++) total += centers.data[at]! * centers.data[at]!;
    return total;
  });
  if (rows * columns >= LARGE) return yield* assignByProducts(X, centers, norms, labels);
  yield* inBlocks(X.rows, rows * columns, (from, to) => assignByLoops(X, centers, norms, labels, from, to));
}

function* assignByProducts(X: Matrix, centers: Matrix, norms: Float64Array, labels: Int32Array): Work<void> {
  const { columns } = X;
  const count = centers.rows;
  for (let from = 0; from < X.rows; from += ROWS) {
    const to = Math.min(X.rows, from + ROWS);
    const block = new Matrix(X.data.subarray(from * columns, to * columns), to - from, columns);
    const { data } = yield* matmulWork(block, centers, { transposeB: true });
    for (let i = from, at = 0; i < to; i++) {
      let [least, label] = [Number.POSITIVE_INFINITY, 0];
      for (let j = 0; j < count; j++, at++) {
        const value = norms[j]! - 2 * data[at]!;
        if (value < least) [least, label] = [value, j];
      }
      labels[i] = label;
    }
  }
}

/** Four centers at a time, so that each number of X is read once for four products. */
function assignByLoops(
  { data: x, columns }: Matrix,
  { data: c, rows: count }: Matrix,
  norms: Float64Array,
  labels: Int32Array,
  from: number,
  to: number,
): void {
  const values = new Float64Array(count);
  for (let i = from; i < to; i++) {
    const start = i * columns;
    let j = 0;
    for (; j + 3 < count; j += 4) {
      const [a, b] = [j * columns, (j + 1) * columns];
      const [e, f] = [(j + 2) * columns, (j + 3) * columns];
      let [s, t, u, v] = [0, 0, 0, 0];
      for (let k = 0; k < columns; k++) {
        const value = x[start + k]!;
        s += value * c[a + k]!;
        t += value * c[b + k]!;
        u += value * c[e + k]!;
        v += value * c[f + k]!;
      }
      values[j] = s;
      values[j + 1] = t;
      values[j + 2] = u;
      values[j + 3] = v;
    }
    for (; j < count; j++) {
      let sum = 0;
      for (let k = 0, at = j * columns; k < columns; k++, at++) sum += x[start + k]! * c[at]!;
      values[j] = sum;
    }
    labels[i] = leastOf(values, norms);
  }
}

function leastOf(products: Float64Array, norms: Float64Array): number {
  let least = norms[0]! - 2 * products[0]!;
  let label = 0;
  for (let j = 1; j < norms.length; j++) {
    const value = norms[j]! - 2 * products[j]!;
    if (value < least) {
      least = value;
      label = j;
    }
  }
  return label;
}

/** The distance of each row from each center, rows × centers. */
export function* distancesTo(centers: Matrix, X: Matrix): Work<Matrix> {
  const { rows: count, columns } = centers;
  const distances = Matrix.zeros(X.rows, count);
  yield* inBlocks(X.rows, count * columns, (from, to) => {
    for (let i = from, at = from * count; i < to; i++) {
      for (let j = 0; j < count; j++, at++) {
        distances.data[at] = Math.sqrt(squaredDistance(X.data, i, centers.data, j, columns));
      }
    }
  });
  return distances;
}

/** Weighted sum of squared distances of the samples from their centers. */
export function* inertiaOf(
  { X, weights }: Pick<Samples, 'X' | 'weights'>,
  centers: Matrix,
  labels: Int32Array,
): Work<number> {
  const { data, columns } = X;
  let inertia = 0;
  yield* inBlocks(X.rows, columns, (from, to) => {
    for (let i = from; i < to; i++) {
      inertia += weights[i]! * squaredDistance(data, i, centers.data, labels[i]!, columns);
    }
  });
  return inertia;
}
