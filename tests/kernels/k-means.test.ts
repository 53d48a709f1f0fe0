import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { centredRows, type KMeansRows, kMeansRows, seedsOf, weighedRows } from '../../src/kernels/index.ts';
import { addColumns, centreRows } from '../../src/kernels/k-means/reference.ts';
import { rowsByLoops } from '../../src/kernels/k-means/rows-by-loops.ts';
import { RandomState } from '../../src/random/index.ts';
import { MAX_OPS, type Work } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';

/** Rows, columns and centers around the tiles of four, and around the rows of one call. */
const SHAPES = [
  ...[1, 2, 3, 4, 5, 7, 8, 9].flatMap(rows =>
    [1, 2, 3, 8].flatMap(columns => [1, 3, 4, 5].map(k => [rows, columns, k])),
  ),
  ...[[8191, 3, 2], [8193, 2, 9], [1030, 20, 8], [517, 64, 100], [3, 5000, 2]], // biome-ignore format: a list
] as [number, number, number][];

/** Numbers on a coarse grid, so that distances tie, and some infinite or missing. */
function grid(rows: number, columns: number, seed: number, isHostile = false): Matrix {
  const data = Float64Array.from(new RandomState(seed).randint(-3, 4, rows * columns));
  if (isHostile) {
    data[0] = Number.NaN;
    data[data.length - 1] = Number.POSITIVE_INFINITY;
  }
  return new Matrix(data, rows, columns);
}

const noise = (rows: number, columns: number, seed: number) =>
  new Matrix(new RandomState(seed).standardNormal(rows * columns), rows, columns);

function finish<T>(work: Work<T>): T {
  const steps = checkpoints(work);
  for (;;) {
    const state = steps.next();
    if (state.done) return state.value;
    expect(state.value.ops).toBeLessThanOrEqual(MAX_OPS);
  }
}

/** All that the loops give, with centers that are the first rows. */
function results(rows: KMeansRows, X: Matrix, centers: Matrix, weights: Float64Array) {
  const labels = new Int32Array(X.rows);
  finish(rows.assign(centers, labels));
  const weighed = weighedRows(rows, weights);
  const sums = finish(weighed.sum(labels, centers.rows));
  const again = new Int32Array(X.rows);
  expect(finish(weighed.assignAndSum(centers, again))).toEqual(sums);
  expect(again).toEqual(labels);
  const inertia = finish(weighed.inertia(centers, labels));
  weighed.close();
  const seeds = seedsOf(rows, weights);
  const first = finish(seeds.take([0]));
  const before = seeds.closest.slice();
  const next = finish(seeds.take(Array.from({ length: 1 + (X.rows % 11) }, (_, k) => (k * 7) % X.rows)));
  const last = finish(seeds.take(Array.from({ length: 1 + (X.rows % 4) }, (_, k) => (k * 5) % X.rows)));
  const closest = seeds.closest.slice();
  seeds.close();
  rows.close();
  return { labels, sums, inertia, first, before, next, last, closest };
}

test.each(SHAPES)('k-means, %i x %i with %i centers: the kernel is its reference to the bit', (rows, columns, k) => {
  const weights = new RandomState(rows).randomSample(rows);
  for (const X of [noise(rows, columns, 1), grid(rows, columns, 2), grid(rows, columns, 3, true)]) {
    for (const centers of [noise(k, columns, 4), grid(k, columns, 5), grid(k, columns, 6, true)]) {
      expect(results(kMeansRows(X), X, centers, weights)).toEqual(results(rowsByLoops(X), X, centers, weights));
    }
  }
});

test.each(SHAPES)(
  'k-means, %i x %i with %i centers: rows are centred by the kernel as by the reference',
  (rows, columns, k) => {
    const weights = new RandomState(rows).randomSample(rows).map(weight => 2 * weight);
    for (const X of [noise(rows, columns, 1), grid(rows, columns, 2), grid(rows, columns, 3, true)]) {
      const before = X.data.slice();
      const { mean, squares, rows: centred } = finish(centredRows(X, weights));
      const naive = new Float64Array(columns);
      addColumns(X.data, columns, 0, rows, naive);
      expect(mean).toEqual(naive.map(sum => sum / rows));
      const moved = Matrix.zeros(rows, columns);
      const expected = { plain: 0, weighted: 0 };
      centreRows(X.data, mean, weights, moved.data, expected, 0, rows);
      expect(squares).toEqual(expected);
      expect(centred.X).toEqual(moved);
      expect(centred.take([rows - 1])).toEqual(moved.takeRows([rows - 1]));
      const centers = noise(k, columns, 4);
      expect(results(centred, moved, centers, weights)).toEqual(results(rowsByLoops(moved), moved, centers, weights));
      expect(X.data).toEqual(before);
    }
  },
);

test('k-means: the inertia is the weighted sum of squared distances from the centers', () => {
  const weighed = weighedRows(kMeansRows(Matrix.fromRows([[0, 0, 1], [3, 4, 1]])), Float64Array.of(1, 2)); // biome-ignore format: rows
  // 1 · (1 + 0 + 1) + 2 · (9 + 16 + 4)
  expect(finish(weighed.inertia(Matrix.fromRows([[0, 0, -1], [1, 0, 0]]), Int32Array.of(1, 0)))).toBe(60); // biome-ignore format: rows
  weighed.close();
});

test('k-means: what single precision cannot tell apart is settled in double', () => {
  const near = [1, 1 + 1e-9, 1 - 1e-9, 2, 1 + 1e-9, 1 - 1e-12, 1, 3, 1 + 1e-15];
  const centers = Matrix.fromRows(near.map(value => [value, value, -value]));
  const X = noise(513, 3, 7).map((value, i) => (i % 2 === 0 ? 1e-7 * value : 1 + 1e-10 * value));
  const weights = new Float64Array(X.rows).fill(1);
  expect(results(kMeansRows(X), X, centers, weights)).toEqual(results(rowsByLoops(X), X, centers, weights));
});

test.each([1e-300, 1e-160, 1e-30, 1e30, 1e120])('k-means: values of about %d', scale => {
  const X = noise(130, 5, 8).map(value => value * scale);
  const centers = noise(9, 5, 9).map((value, j) => value * scale * (j === 3 ? 1e25 : 1));
  const weights = new Float64Array(X.rows).fill(1);
  expect(results(kMeansRows(X), X, centers, weights)).toEqual(results(rowsByLoops(X), X, centers, weights));
});
