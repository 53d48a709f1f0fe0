import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  KNeighborsRegressor,
  type KNeighborsRegressorParams,
  Matrix,
  pairwiseDistances,
  RandomState,
} from '../../src/index.ts';

type Params = Partial<KNeighborsRegressorParams>;

/** Samples on a coarse grid, so that equal distances abound, or anywhere. */
function samples(rows: number, columns: number, seed: number, isGrid: boolean): Matrix {
  const random = new RandomState(seed);
  const values = random.normal(0, 1, rows * columns);
  return new Matrix(isGrid ? values.map(Math.round) : values, rows, columns);
}

const METRICS: readonly Params[] = [
  { metric: 'euclidean' },
  { metric: 'minkowski', p: 1 },
  { metric: 'minkowski', p: 3 },
  { metric: 'minkowski', p: 1.3 },
  { metric: 'minkowski', p: Number.POSITIVE_INFINITY },
  { metric: 'seuclidean', metricParams: { V: [1, 4] }, algorithm: 'ball_tree' },
  {
    metric: 'mahalanobis',
    metricParams: {
      VI: [
        [2, 0.5],
        [0.5, 1],
      ],
    },
    algorithm: 'ball_tree',
  },
  { metric: 'canberra', algorithm: 'ball_tree' },
  { metric: 'hamming', algorithm: 'ball_tree' },
  { metric: 'haversine', algorithm: 'ball_tree' },
  { metric: 'jaccard', algorithm: 'ball_tree' },
];

test('kneighbors: k-d trees and ball trees find what brute force finds, ties included', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1e6 }),
      fc.constantFrom(...METRICS),
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (seed, settings, rows, leafSize, isGrid) => {
        const X = samples(rows, 2, seed, isGrid);
        const queries = samples(8, 2, seed + 1, isGrid);
        const nNeighbors = 1 + (seed % rows);
        const find = async (algorithm: 'brute' | 'kd_tree' | 'ball_tree') => {
          const model = new KNeighborsRegressor({ nNeighbors, leafSize, ...settings, algorithm });
          return (await model.fit(X, new Float64Array(rows))).kneighbors(queries);
        };
        const reference = await find('brute');
        if (settings.algorithm === undefined) expect(await find('kd_tree')).toEqual(reference);
        expect(await find('ball_tree')).toEqual(reference);
      },
    ),
    { numRuns: 150 },
  );
});

test('kneighbors: distances are those of pairwiseDistances, in order', async () => {
  const X = samples(40, 3, 1, false);
  const queries = samples(5, 3, 2, false);
  for (const metric of ['euclidean', 'manhattan', 'chebyshev', 'cosine', 'sqeuclidean', 'correlation'] as const) {
    const model = await new KNeighborsRegressor({ nNeighbors: 40, metric }).fit(X, new Float64Array(40));
    const { distances, indices } = await model.kneighbors(queries);
    const all = pairwiseDistances(queries, X, { metric });
    indices.forEach((list, i) => {
      list.forEach((sample, rank) => {
        expect(distances.get(i, rank), metric).toBeCloseTo(all.get(i, sample), 12);
      });
      const row = Array.from(distances.row(i));
      expect(row).toEqual([...row].sort((a, b) => a - b));
    });
  }
});

test('kneighbors without samples leaves each sample of fit out of its own neighbors, also among duplicates', async () => {
  const X = [[0], [0], [0], [5]];
  for (const algorithm of ['brute', 'kd_tree', 'ball_tree'] as const) {
    const model = await new KNeighborsRegressor({ nNeighbors: 1, algorithm, leafSize: 1 }).fit(X, [1, 2, 3, 4]);
    const { indices, distances } = await model.kneighbors();
    expect(indices.map(list => list[0])).toEqual([1, 0, 0, 0]);
    expect(Array.from(distances.data)).toEqual([0, 0, 0, 5]);
  }
});

test('kneighborsGraph stores ones or distances, zeros included, in ascending columns', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit([[0], [3], [1]], [0, 0, 0]);
  const graph = await model.kneighborsGraph([[0], [3]]);
  expect(graph.toArray()).toEqual([
    [1, 0, 1],
    [0, 1, 1],
  ]);
  const lengths = await model.kneighborsGraph([[0], [3]], { mode: 'distance' });
  expect(Array.from(lengths.indices)).toEqual([0, 2, 1, 2]);
  expect(Array.from(lengths.data)).toEqual([0, 1, 0, 2]);
  expect((await model.kneighborsGraph(null, { nNeighbors: 1 })).toArray()).toEqual([
    [0, 0, 1],
    [0, 0, 1],
    [1, 0, 0],
  ]);
});

test('kneighbors refuses what it cannot do, in a sentence', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit([[0], [3], [1]], [0, 0, 0]);
  await expect(model.kneighbors([[0]], { nNeighbors: 4 })).rejects.toThrow(
    'Cannot find neighbors with KNeighborsRegressor: nNeighbors must be <= the number of samples in fit (3), received 4',
  );
  await expect(model.kneighbors(null, { nNeighbors: 3 })).rejects.toThrow(
    'Cannot find neighbors with KNeighborsRegressor: nNeighbors must be <= the number of other samples in fit (2), received 3',
  );
  await expect(model.kneighbors(null, { nNeighbors: 0.5 })).rejects.toThrow(
    'Cannot find neighbors with KNeighborsRegressor: nNeighbors must be an integer >= 1, received 0.5',
  );
  await expect(model.kneighborsGraph(null, { mode: 'both' as 'distance' })).rejects.toThrow(
    "Cannot make a graph of neighbors: mode must be 'connectivity' or 'distance', received 'both'",
  );
  await expect(model.kneighbors([[1e200]])).rejects.toThrow(
    'Cannot find neighbors with KNeighborsRegressor: distances must be finite numbers >= 0, received Infinity',
  );
});

test('a metric must fit its algorithm and its parameters', async () => {
  const train = (params: Params) => new KNeighborsRegressor(params).fit([[0], [3], [1]], [0, 0, 0]);
  await expect(train({ metric: 'cosine', algorithm: 'kd_tree' })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: the metric must be one that a 'kd_tree' can hold, received 'cosine'; use algorithm 'brute' or 'auto'",
  );
  await expect(train({ p: 0.5, algorithm: 'ball_tree' })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: the metric must be one that a 'ball_tree' can hold, received 'minkowski' of order 0.5 < 1; use algorithm 'brute' or 'auto'",
  );
  await expect(train({ metric: 'seuclidean' })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: metricParams must have V with the metric 'seuclidean', and with no other, received no V with 'seuclidean'",
  );
  await expect(train({ metricParams: { VI: [[1]] } })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: metricParams must have VI with the metric 'mahalanobis', and with no other, received VI with 'euclidean'",
  );
  await expect(train({ metric: 'mahalanobis', metricParams: { VI: [[1, 0]] } })).rejects.toThrow(
    'Cannot compute mahalanobis distances: VI must have shape (1, 1), received shape (1, 2)',
  );
  await expect(train({ p: 1, metric: 'euclidean', metricParams: { w: [1] } })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: metricParams must have w with the metric 'minkowski' only, received w with 'euclidean'",
  );
  await expect(train({ metricParams: { w: [1, 2] } })).rejects.toThrow(
    'Cannot compute minkowski distances: w must have one weight >= 0 per column (1), not all 0, for a finite order p, received 2 weights and p 2',
  );
  await expect(train({ metric: 'precomputed' })).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: X must be square with the metric 'precomputed', received shape (3, 1)",
  );
  expect(() => new KNeighborsRegressor({ metricParams: { q: [1] } as object })).toThrow(
    "Cannot make KNeighborsRegressor: metricParams must be null or an object with w, V or VI, received object with keys ['q']",
  );
});

test('a metric of one’s own must give numbers >= 0', async () => {
  const train = (metric: (a: Float64Array, b: Float64Array) => number) =>
    new KNeighborsRegressor({ nNeighbors: 1, metric }).fit([[0], [3]], [0, 1]);
  expect(Array.from((await (await train((a, b) => Math.abs(a[0]! - b[0]!))).predict([[2]])) as Float64Array)).toEqual([
    1,
  ]);
  await expect((await train(() => -1)).predict([[2]])).rejects.toThrow(
    'Cannot predict with KNeighborsRegressor: distances must be finite numbers >= 0, received -1',
  );
  await expect((await train(() => Number.NaN)).predict([[2]])).rejects.toThrow('received NaN');
});

test('nanEuclidean takes missing values, and refuses pairs without a common column', async () => {
  const model = new KNeighborsRegressor({ nNeighbors: 1, metric: 'nanEuclidean' });
  await model.fit(
    [
      [1, Number.NaN],
      [5, 5],
    ],
    [10, 20],
  );
  expect(Array.from((await model.predict([[1.5, Number.NaN]])) as Float64Array)).toEqual([10]);
  await expect(model.predict([[Number.NaN, 1]])).rejects.toThrow('received NaN');
});

test('braycurtis: rows of zeros are next to each other, as in scikit-learn’s searches', async () => {
  const X = [
    [0, 0],
    [1, 2],
    [0, 0],
  ];
  const model = await new KNeighborsRegressor({ metric: 'braycurtis', nNeighbors: 2 }).fit(X, [1, 2, 5]);
  expect(Array.from(await model.predict([[0, 0]]))).toEqual([3]);
});
