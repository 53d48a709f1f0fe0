import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { nearestSamplesWork } from '../../src/kernels/index.ts';
import { type Neighbor, nearestOf } from '../../src/kernels/nearest-samples/reference.ts';
import { RandomState } from '../../src/random/index.ts';
import { MAX_OPS, type Work } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';

function finish<T>(work: Work<T>): T {
  const steps = checkpoints(work);
  for (;;) {
    const state = steps.next();
    if (state.done) return state.value;
    expect(state.value.ops).toBeLessThanOrEqual(MAX_OPS);
  }
}

function table(rows: number, columns: number, seed: number, scale: number, isGrid: boolean): Matrix {
  const values = new RandomState(seed).standardNormal(rows * columns);
  return new Matrix(
    values.map(value => scale * (isGrid ? Math.round(value) : value)),
    rows,
    columns,
  );
}

/** Whether one is farther than another, or as far and later in X. */
function isAfter(a: Neighbor, b: Neighbor): boolean {
  return a.distance > b.distance || (a.distance === b.distance && a.index > b.index);
}

/** What the kernel finds, beside the definition. */
function check(samples: Matrix, queries: Matrix, k: number, without?: Int32Array): void {
  const order = new RandomState(9).permutation(samples.rows);
  const { distances, indices } = finish(nearestSamplesWork({ samples, order }, queries, k, without));
  for (let q = 0; q < queries.rows; q++) {
    const own = Array.from({ length: k }, (_, at) => ({
      index: indices[q * k + at]!,
      distance: distances[q * k + at]!,
    }));
    expect(own.some((neighbor, at) => at > 0 && isAfter(neighbor, own[(at - 1) >> 1]!))).toBe(false);
    own.sort((a, b) => (isAfter(a, b) ? 1 : -1));
    expect(own).toEqual(nearestOf(samples, order, queries.row(q), k, without?.[q] ?? -1));
  }
}

/** Queries, samples and columns around the tiles, the panels and the blocks. */
const SHAPES = [
  ...[1, 3, 4, 5].flatMap(queries => [1, 7, 8, 9, 31, 33, 65].map(samples => [queries, samples, 3] as const)),
  ...[1, 2, 20, 300].map(columns => [9, 70, columns] as const),
  ...[[5, 1100, 2], [257, 9, 1], [530, 600, 4]] as const, // biome-ignore format: a list
];

test.each(SHAPES)(
  'nearestSamplesWork of %i queries and %i samples of %i columns is its reference to the bit',
  (n, m, columns) => {
    for (const scale of [1, 1e-30, 1e-160, 1e30, 1e150]) {
      for (const isGrid of [false, true]) {
        const [queries, samples] = [table(n, columns, 1, scale, isGrid), table(m, columns, 2, scale, isGrid)];
        for (const k of [1, 2, 5, 40, m]) if (k <= m) check(samples, queries, k);
      }
    }
  },
);

test('nearestSamplesWork leaves out one position per query', () => {
  for (const isGrid of [false, true]) {
    const samples = table(300, 3, 5, 1, isGrid);
    check(samples, samples, 7, new RandomState(1).permutation(300));
    check(samples, samples, 299, new RandomState(2).permutation(300));
  }
});

test('nearestSamplesWork tells distances apart that are equal in single precision', () => {
  const near = Float64Array.from({ length: 200 }, (_, i) => 1 + 1e-12 * ((i * 37) % 200));
  check(new Matrix(near, 200, 1), Matrix.fromRows([[0], [1], [1 + 1e-10], [2]]), 10);
});

test('nearestSamplesWork ranks infinite distances last, and finds no place beyond the tables', () => {
  const queries = Matrix.fromRows([[1.7e308], [1]]);
  const samples = Matrix.fromRows([[-1.7e308], [2], [3]]);
  for (const k of [1, 2, 3]) check(samples, queries, k);
});
