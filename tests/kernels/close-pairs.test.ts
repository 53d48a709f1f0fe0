import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { offerClosePairs } from '../../src/kernels/close-pairs/reference.ts';
import { closePairsWork } from '../../src/kernels/index.ts';
import { RandomState } from '../../src/random/index.ts';
import { MAX_OPS, type Work } from '../../src/work/index.ts';
import { checkpoints } from '../helpers/checkpoints.ts';

function finish(work: Work<void>): void {
  for (const checkpoint of checkpoints(work)) expect(checkpoint.ops).toBeLessThanOrEqual(MAX_OPS);
}

function table(rows: number, columns: number, seed: number, scale: number, isGrid: boolean): Matrix {
  const values = new RandomState(seed).standardNormal(rows * columns);
  return new Matrix(
    values.map(value => scale * (isGrid ? Math.round(value) : value)),
    rows,
    columns,
  );
}

/** Queries, samples and columns around the tiles, the panels and the blocks. */
const SHAPES = [
  ...[1, 3, 4, 5].flatMap(queries => [1, 7, 8, 9, 31, 33, 65].map(samples => [queries, samples, 3] as const)),
  ...[1, 2, 20, 300].map(columns => [9, 70, columns] as const),
  ...[[5, 1100, 2], [257, 9, 1]] as const, // biome-ignore format: a list
];

test.each(SHAPES)('closePairsWork of %i queries and %i samples of %i columns misses no close pair', (n, m, columns) => {
  for (const scale of [1, 1e-30, 1e-160, 1e30, 1e150]) {
    for (const isGrid of [false, true]) {
      const [queries, samples] = [table(n, columns, 1, scale, isGrid), table(m, columns, 2, scale, isGrid)];
      // The limit is met exactly by distances of the grid, and by one of the others.
      const limits = Float64Array.from({ length: n }, (_, q) => scale * scale * columns * (q % 5));
      const close = new Set<number>();
      offerClosePairs(
        samples,
        queries,
        query => limits[query]!,
        (query, sample) => close.add(query * m + sample),
      );
      const found: number[] = [];
      finish(
        closePairsWork(
          samples,
          queries,
          query => limits[query]!,
          (query, sample) => found.push(query * m + sample),
        ),
      );
      const offered = new Set(found);
      expect(offered.size).toBe(found.length);
      expect([...close].filter(pair => !offered.has(pair))).toEqual([]);
      // Few others: distances within one part in a thousand of the limit, or of the rows' lengths.
      const loose = new Set<number>();
      const slack = (query: number) => limits[query]! + 1e-3 * scale * scale * columns * 20;
      offerClosePairs(samples, queries, slack, (query, sample) => loose.add(query * m + sample));
      if (scale > 1e-100) expect(found.filter(pair => !loose.has(pair))).toEqual([]);
    }
  }
});

test('closePairsWork heeds limits that fall by what it offers', () => {
  const [queries, samples] = [table(6, 4, 3, 1, false), table(5000, 4, 4, 1, false)];
  const least = new Float64Array(6).fill(Number.POSITIVE_INFINITY);
  let offers = 0;
  const offer = (query: number, sample: number) => {
    offers++;
    const [x, y] = [queries.row(query), samples.row(sample)];
    least[query] = Math.min(
      least[query]!,
      x.reduce((sum, value, k) => sum + (value - y[k]!) * (value - y[k]!), 0),
    );
  };
  finish(closePairsWork(samples, queries, query => least[query]!, offer));
  expect(offers).toBeLessThan(6 * 150);
  const all: number[] = [];
  offerClosePairs(
    samples,
    queries,
    () => 1e9,
    (query, sample) => {
      if (query === 0)
        all.push(
          queries
            .row(0)
            .reduce((sum, value, k) => sum + (value - samples.row(sample)[k]!) * (value - samples.row(sample)[k]!), 0),
        );
    },
  );
  expect(least[0]).toBe(Math.min(...all));
});

test('closePairsWork leaves pairs whose numbers overflow to its caller, and offers no place beyond the tables', () => {
  const queries = Matrix.fromRows([[1.7e308], [1]]);
  const samples = Matrix.fromRows([[-1.7e308], [2], [3]]);
  const found: string[] = [];
  finish(
    closePairsWork(
      samples,
      queries,
      () => Infinity,
      (query, sample) => found.push(`${query} ${sample}`),
    ),
  );
  expect(found.sort()).toEqual(['0 0', '0 1', '0 2', '1 0', '1 1', '1 2']);
});
