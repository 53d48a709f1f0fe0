import { Matrix } from '../../array/index.ts';
import { matmulWork, type Products } from '../../kernels/index.ts';
import { squaredDistancesInto } from '../../linalg/index.ts';
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
      let least = Number.POSITIVE_INFINITY;
      let label = 0;
      for (let j = 0; j < count; j++, at++) {
        const value = norms[j]! - 2 * data[at]!;
        if (value < least) {
          least = value;
          label = j;
        }
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
      const first = j * columns;
      const second = first + columns;
      const third = second + columns;
      const fourth = third + columns;
      let a = 0;
      let b = 0;
      let d = 0;
      let e = 0;
      for (let k = 0; k < columns; k++) {
        const value = x[start + k]!;
        a += value * c[first + k]!;
        b += value * c[second + k]!;
        d += value * c[third + k]!;
        e += value * c[fourth + k]!;
      }
      values[j] = a;
      values[j + 1] = b;
      values[j + 2] = d;
      values[j + 3] = e;
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
export function* distancesTo(centers: Matrix, X: Matrix, { squaredDistances }: Products): Work<Matrix> {
  if (squaredDistances !== undefined) return (yield* squaredDistances(X, centers)).map(Math.sqrt);
  const { rows: count, columns } = centers;
  const distances = Matrix.zeros(X.rows, count);
  yield* inBlocks(X.rows, count * columns, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = distances.row(i);
      squaredDistancesInto(X.data, i, centers.data, columns, 0, count, row);
      for (let j = 0; j < count; j++) row[j] = Math.sqrt(row[j]!);
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
