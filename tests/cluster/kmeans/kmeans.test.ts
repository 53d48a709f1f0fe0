import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  captureWarnings,
  KMeans,
  Matrix,
  makeBlobs,
  Pipeline,
  RandomState,
  StandardScaler,
} from '../../../src/index.ts';

const line = [[1], [2], [9], [10]];

function noise(rows: number, columns: number, seed: number): Matrix {
  return new Matrix(new RandomState(seed).normal(0, 1, rows * columns), rows, columns);
}

test('KMeans puts the centers at the means of the groups: 1.5 and 9.5, each sample half away', async () => {
  const model = await new KMeans({ nClusters: 2, randomState: 0 }).fit(line);
  expect(Array.from(model.clusterCenters_.data).sort((a, b) => a - b)).toEqual([1.5, 9.5]);
  expect(model.inertia_).toBeCloseTo(4 * 0.25, 12);
  const [first, second] = await model.predict([[0], [20]]);
  expect([first, first, second, second]).toEqual(Array.from(model.labels_));
});

test('KMeans: a weight pulls its center, 3 : 1 to (3 * 1 + 2) / 4', async () => {
  const model = await new KMeans({ nClusters: 2, init: [[1], [10]] }).fit(line, undefined, {
    sampleWeight: [3, 1, 1, 1],
  });
  expect(model.clusterCenters_.toArray()).toEqual([[1.25], [9.5]]);
  // 3 * 0.25² + 0.75² + 2 * 0.5²
  expect(model.inertia_).toBeCloseTo(1.25, 12);
});

test('KMeans.transform gives distances, score minus the inertia, and columns have names', async () => {
  const model = await new KMeans({ nClusters: 2, init: [[1], [10]] }).fit(line);
  expect((await model.transform([[2]])).toArray()).toEqual([[0.5, 7.5]]);
  expect(await model.score(line)).toBeCloseTo(-model.inertia_, 12);
  expect(await model.score([[1.5]], undefined, { sampleWeight: [5] })).toBe(-0);
  expect(model.getFeatureNamesOut()).toEqual(['kmeans0', 'kmeans1']);
  expect(await model.fitTransform(line)).toEqual(await model.transform(line));
});

test('KMeans: Lloyd and Elkan find the same clusters', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 9 }), async (seed, nClusters) => {
      const X = noise(60, 3, seed);
      const [lloyd, elkan] = await Promise.all(
        (['lloyd', 'elkan'] as const).map(algorithm =>
          new KMeans({ nClusters, algorithm, randomState: seed, maxIter: 1000 }).fit(X),
        ),
      );
      expect(elkan!.labels_).toEqual(lloyd!.labels_);
      expect(elkan!.nIter_).toBe(lloyd!.nIter_);
      expect(elkan!.inertia_).toBeCloseTo(lloyd!.inertia_, 9);
    }),
    { numRuns: 30 },
  );
});

test('KMeans: at the end every sample is with its nearest center, and every center is the mean of its samples', async () => {
  const X = noise(200, 2, 3);
  const model = await new KMeans({ nClusters: 5, tol: 0, randomState: 1 }).fit(X);
  expect(await model.predict(X)).toEqual(model.labels_);
  const distances = await model.transform(X);
  model.labels_.forEach((label, i) => {
    expect(distances.get(i, label)).toBe(Math.min(...distances.row(i)));
  });
  for (let cluster = 0; cluster < 5; cluster++) {
    const members = X.takeRows(Array.from(X.data.slice(0, 200).keys()).filter(i => model.labels_[i] === cluster));
    const mean = members.column(0).reduce((a, b) => a + b, 0) / members.rows;
    expect(model.clusterCenters_.get(cluster, 0)).toBeCloseTo(mean, 12);
  }
});

test('KMeans: more runs are never worse, and the same seed gives the same model', async () => {
  const X = noise(80, 2, 5);
  const runs = (nInit: number) => new KMeans({ nClusters: 6, init: 'random', nInit, randomState: 4 }).fit(X);
  const [one, ten, again] = [await runs(1), await runs(10), await runs(10)];
  expect(ten.inertia_).toBeLessThanOrEqual(one.inertia_);
  expect(again.clusterCenters_).toEqual(ten.clusterCenters_);
  expect(again.labels_).toEqual(ten.labels_);
});

test('KMeans: a greater tol stops earlier, and a run that maxIter stops raises a warning', async () => {
  const X = noise(300, 2, 8);
  const train = (params: object) => new KMeans({ nClusters: 8, randomState: 2, ...params }).fit(X);
  expect((await train({ tol: 0.1 })).nIter_).toBeLessThan((await train({ tol: 0 })).nIter_);
  const { result, warnings } = await captureWarnings(() => train({ maxIter: 2 }));
  expect(result.nIter_).toBe(2);
  expect(warnings).toEqual([
    {
      kind: 'convergence',
      source: 'KMeans',
      message: 'the best run had not settled after 2 iterations; increase maxIter or tol',
    },
  ]);
});

test('KMeans with more clusters than distinct samples leaves some empty and says so', async () => {
  const X = [[1], [1], [5], [5], [5]];
  for (const algorithm of ['lloyd', 'elkan'] as const) {
    const { result, warnings } = await captureWarnings(() =>
      new KMeans({ nClusters: 4, randomState: 0, algorithm }).fit(X),
    );
    expect(result.inertia_).toBeCloseTo(0, 25);
    expect(new Set(result.labels_).size).toBe(2);
    expect(warnings.map(({ message }) => message)).toEqual([
      'only 2 of 4 clusters hold samples, possibly because samples repeat; decrease nClusters',
    ]);
  }
});

test('KMeans: identical samples make one cluster on them', async () => {
  const { result } = await captureWarnings(() => new KMeans({ nClusters: 2, randomState: 0 }).fit([[3], [3], [3]]));
  expect(result.clusterCenters_.toArray()).toEqual([[3], [3]]);
  expect(Array.from(result.labels_)).toEqual([0, 0, 0]);
});

test('KMeans gives a cluster that runs empty the farthest sample', async () => {
  // All four samples are nearest to 0, the last is farthest from it; then {0, 1, 2} and {9} stay.
  const X = [[0], [1], [2], [9]];
  const model = await new KMeans({ nClusters: 2, init: [[0], [1000]] }).fit(X);
  expect(model.clusterCenters_.toArray()).toEqual([[1], [9]]);
});

test('KMeans takes first centers from a matrix or a function, for one run each or ten', async () => {
  const seen: number[] = [];
  const init = (X: Matrix, nClusters: number, random: RandomState) => {
    seen.push(X.get(0, 0));
    return X.takeRows(random.choice(X.rows, nClusters, { replace: false }));
  };
  await new KMeans({ nClusters: 2, init, randomState: 0 }).fit(line);
  expect(seen).toEqual(new Array(10).fill(1));
  const { warnings } = await captureWarnings(() => new KMeans({ nClusters: 2, init: [[1], [9]], nInit: 3 }).fit(line));
  expect(warnings.map(({ message }) => message)).toEqual(['given centers allow one run only, not nInit 3']);
});

test('KMeans far from the origin loses no digits: the labels are those of the samples moved there', async () => {
  const { X } = makeBlobs({ nSamples: 90, centers: 4, nFeatures: 2, randomState: 3 });
  const far = X.map(value => value + 2 ** 24);
  const [near, moved] = [await fitFour(X), await fitFour(far)];
  expect(moved.labels_).toEqual(near.labels_);
  expect(await moved.predict(far)).toEqual(near.labels_);
});

function fitFour(X: Matrix) {
  return new KMeans({ nClusters: 4, randomState: 0 }).fit(X);
}

test('KMeans transforms in the middle of a pipeline', async () => {
  const pipeline = await new Pipeline([
    ['clusters', new KMeans({ nClusters: 2, randomState: 0 })],
    ['scaler', new StandardScaler()],
  ]).fit(line);
  expect((await pipeline.transform(line)).columns).toBe(2);
  expect(pipeline.getFeatureNamesOut()).toEqual(['kmeans0', 'kmeans1']);
});

test('KMeans refuses what it cannot do, in a sentence', async () => {
  await expect(new KMeans().fit(line)).rejects.toThrow(
    'Cannot fit KMeans: nSamples must be >= nClusters (8), received nSamples 4',
  );
  await expect(new KMeans({ nClusters: 2, init: [[1, 2]] }).fit(line)).rejects.toThrow(
    'Cannot fit KMeans: the centers of init must have shape (2, 1), nClusters and the features of X, received shape (1, 2)',
  );
  await expect(new KMeans({ nClusters: 1, init: [[Number.NaN]] }).fit(line)).rejects.toThrow(
    'Cannot fit KMeans from given centers: X must be finite, received NaN at row 0, column 0',
  );
  await expect(
    new KMeans({ nClusters: 2, init: 'random' }).fit(line, undefined, { sampleWeight: [1, 0, 0, 0] }),
  ).rejects.toThrow(
    "Cannot fit KMeans: at least nClusters (2) samples must have a weight > 0 with init 'random', received 1",
  );
  await expect(new KMeans({ nClusters: 1 }).fit([[1e308], [-1e308]])).rejects.toThrow(
    'Cannot fit KMeans: the squared distances of X and the sum of sampleWeight must not overflow, received a sum of squares of Infinity; divide X by a power of ten first',
  );
  const model = await new KMeans({ nClusters: 2, randomState: 0 }).fit(line);
  await expect(model.transform([[1e200]])).rejects.toThrow(
    'Cannot transform with KMeans: the squared distances of X must not overflow, received an infinite distance',
  );
  expect(() => new KMeans({ init: 'kmeans++' as 'random' })).toThrow(
    "Cannot make KMeans: init must be 'k-means++', 'random', a matrix of centers or a function (X, nClusters, random) => centers, received 'kmeans++'",
  );
});
