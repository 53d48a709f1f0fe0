import { expect, test } from 'vitest';
import { fromBytes, KNeighborsClassifier, loadIris, toBytes, trainTestSplit } from '../../src/index.ts';

const X = [[0], [1], [2], [3]];
const y = ['a', 'a', 'b', 'b'];

test('KNeighborsClassifier counts votes: of the neighbors 1, 0 and 2 two are a', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 3 }).fit(X, y);
  expect(await model.predict([[0.9]])).toEqual(['a']);
  expect((await model.predictProba([[0.9]])).toArray()).toEqual([[2 / 3, 1 / 3]]);
});

test('KNeighborsClassifier: the smallest class wins a tie', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 2 }).fit([[1], [0]], ['b', 'a']);
  expect(await model.predict([[0.6]])).toEqual(['a']);
});

test('KNeighborsClassifier by inverse distance: 1/0.1 against 1/0.9 + 1/1.9', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 3, weights: 'distance' }).fit(
    [[0], [1], [2]],
    ['b', 'a', 'a'],
  );
  const [row] = (await model.predictProba([[0.1]])).toArray();
  expect(row![1]).toBeCloseTo(10 / (10 + 1 / 0.9 + 1 / 1.9), 12);
});

test('KNeighborsClassifier: where neighbors lie at distance 0, only they vote', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 4, weights: 'distance' }).fit(
    [[1], [1], [1.5], [1.6]],
    ['a', 'b', 'b', 'b'],
  );
  expect((await model.predictProba([[1]])).toArray()).toEqual([[0.5, 0.5]]);
});

test('KNeighborsClassifier: distances too small to invert weigh as what they are', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 2, weights: 'distance', metric: 'manhattan' }).fit(
    [[5e-324], [2e-323]],
    ['a', 'b'],
  );
  // 1 : 4 apart, so 4 : 1 in votes.
  expect((await model.predictProba([[0]])).toArray()).toEqual([[0.8, 0.2]]);
});

test('KNeighborsClassifier asks a function for weights, and refuses those that are none', async () => {
  const model = (weights: (distances: Float64Array) => ArrayLike<number>) =>
    new KNeighborsClassifier({ nNeighbors: 2, weights }).fit(X, y);
  // At 1.25 the neighbors are 1 (0.25 away) and 2 (0.75 away).
  const own = await model(distances => distances.map(distance => 1 - distance));
  expect((await own.predictProba([[1.25]])).toArray()).toEqual([[0.75, 0.25]]);
  const rule =
    'Cannot predict with KNeighborsClassifier: weights must give one finite number >= 0 per neighbor (2), not all of them zero';
  await expect((await model(() => [0, 0])).predict([[1]])).rejects.toThrow(`${rule}, received [0, 0]`);
  await expect((await model(() => [1])).predict([[1]])).rejects.toThrow(`${rule}, received [1]`);
  await expect((await model(() => [1, -1])).predict([[1]])).rejects.toThrow(`${rule}, received [1, -1]`);
});

test('KNeighborsClassifier votes for each of several outputs', async () => {
  const model = await new KNeighborsClassifier({ nNeighbors: 1 }).fit(X, [
    ['a', 'x'],
    ['a', 'y'],
    ['b', 'x'],
    ['b', 'x'],
  ]);
  expect(await model.predict([[1.1], [2.9]])).toEqual([
    ['a', 'y'],
    ['b', 'x'],
  ]);
  expect(model.classes_).toEqual([
    ['a', 'b'],
    ['x', 'y'],
  ]);
});

test('KNeighborsClassifier: effectiveMetric_ names what minkowski is, and the algorithm follows the shape', async () => {
  const metricOf = async (p: number) =>
    (await new KNeighborsClassifier({ nNeighbors: 1, p }).fit(X, y)).effectiveMetric_;
  expect(await metricOf(1)).toBe('manhattan');
  expect(await metricOf(2)).toBe('euclidean');
  expect(await metricOf(3)).toBe('minkowski');
  expect(await metricOf(Number.POSITIVE_INFINITY)).toBe('chebyshev');
});

test('KNeighborsClassifier keeps a copy of its samples', async () => {
  const data = new Float64Array([0, 1, 2, 3]);
  const model = await new KNeighborsClassifier({ nNeighbors: 1 }).fit({ data, rows: 4, columns: 1 }, y);
  data.fill(0);
  expect(await model.predict([[2.9]])).toEqual(['b']);
});

test('KNeighborsClassifier: every algorithm classifies iris alike, and saves and loads', async () => {
  const iris = loadIris();
  const { XTrain, XTest, yTrain, yTest } = trainTestSplit((await iris).X, (await iris).y, { randomState: 0 });
  const predictions = [];
  for (const algorithm of ['brute', 'kd_tree', 'ball_tree'] as const) {
    const model = await new KNeighborsClassifier({ algorithm, leafSize: 5 }).fit(XTrain, yTrain);
    expect(await model.score(XTest, yTest)).toBeGreaterThan(0.9);
    const loaded = (await fromBytes(toBytes(model))) as KNeighborsClassifier;
    expect(await loaded.kneighbors(XTest)).toEqual(await model.kneighbors(XTest));
    predictions.push(await model.predict(XTest));
  }
  expect(predictions[1]).toEqual(predictions[0]);
  expect(predictions[2]).toEqual(predictions[0]);
});
