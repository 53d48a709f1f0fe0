import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { type KMeansRows, kMeansRows } from '../../src/kernels/index.ts';
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
  const sums = finish(rows.sum(weights, labels, centers.rows));
  const first = finish(rows.bestSeed([0], new Float64Array(X.rows).fill(Number.POSITIVE_INFINITY), weights));
  const candidates = Array.from({ length: 1 + (X.rows % 5) }, (_, k) => (k * 7) % X.rows);
  const next = finish(rows.bestSeed(candidates, first.closest, weights));
  rows.close();
  return { labels, sums, first, next };
}

test.each(SHAPES)('k-means, %i x %i with %i centers: the kernel is its reference to the bit', (rows, columns, k) => {
  const weights = new RandomState(rows).randomSample(rows);
  for (const X of [noise(rows, columns, 1), grid(rows, columns, 2), grid(rows, columns, 3, true)]) {
    for (const centers of [noise(k, columns, 4), grid(k, columns, 5), grid(k, columns, 6, true)]) {
      expect(results(kMeansRows(X), X, centers, weights)).toEqual(results(rowsByLoops(X), X, centers, weights));
    }
  }
});
