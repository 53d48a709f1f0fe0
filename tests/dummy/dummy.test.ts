import { DummyClassifier, DummyRegressor, Matrix } from 'fitwise';
import { expect, test } from 'vitest';

const X = [[0], [0], [0], [0]];
const y = ['no', 'yes', 'yes', 'maybe'];

test('DummyClassifier: prior predicts the most frequent class, with the shares as probabilities', async () => {
  const model = await new DummyClassifier().fit(X, y);
  expect(await model.predict([['anything']])).toEqual(['yes']);
  expect((await model.predictProba([[0]])).toArray()).toEqual([[0.25, 0.25, 0.5]]);
  expect(await model.score(X, y)).toBe(0.5);
});

test('DummyClassifier: weights move the shares, and ties go to the first class', async () => {
  const model = await new DummyClassifier().fit(X, y, { sampleWeight: [2, 1, 1, 0] });
  expect(model.classPrior_).toEqual(Float64Array.of(0, 0.5, 0.5));
  expect(await model.predict([[0]])).toEqual(['no']);
});

test('DummyClassifier: stratified draws repeat with the seed, and predict what predictProba says', async () => {
  const model = await new DummyClassifier({ strategy: 'stratified', randomState: 3 }).fit(X, y);
  const many = Array.from({ length: 50 }, () => [0]);
  const labels = await model.predict(many);
  expect(await model.predict(many)).toEqual(labels);
  expect(new Set(labels).size).toBe(3);
  const classes = model.classes_ as string[];
  const drawn = (await model.predictProba(many)) as Matrix;
  expect(drawn.toArray().map(row => classes[row.indexOf(1)])).toEqual(labels);
});

test('DummyClassifier: a constant must be among the classes, one per output', async () => {
  const constant = (label: string | null) => new DummyClassifier({ strategy: 'constant', constant: label });
  expect(await (await constant('maybe').fit(X, y)).predict([[1]])).toEqual(['maybe']);
  await expect(constant('never').fit(X, y)).rejects.toThrow(
    "Cannot fit DummyClassifier: constant must be among ['maybe', 'no', 'yes'], received 'never'",
  );
  await expect(constant(null).fit(X, y)).rejects.toThrow('constant must be given, received null');
  const two = [
    ['a', 'u'],
    ['a', 'v'],
    ['b', 'v'],
    ['b', 'v'],
  ];
  const model = await new DummyClassifier({ strategy: 'constant', constant: ['b', 'u'] }).fit(X, two);
  expect(await model.predict([[1]])).toEqual([['b', 'u']]);
});

test('DummyRegressor: mean, median, quantile and constant', async () => {
  const values = [1, 2, 3, 10];
  const predict = async (params: ConstructorParameters<typeof DummyRegressor>[0]) =>
    (await (await new DummyRegressor(params).fit(X, values)).predict([[0]]))[0];
  expect(await predict({})).toBe(4);
  expect(await predict({ strategy: 'median' })).toBe(2.5);
  // Place 0.9 * 3 = 2.7 between the third and the fourth value: 3 + 0.7 * 7.
  expect(await predict({ strategy: 'quantile', quantile: 0.9 })).toBeCloseTo(7.9, 12);
  expect(await predict({ strategy: 'constant', constant: -1 })).toBe(-1);
});

test('DummyRegressor: with weights, the least value that covers the share of the weight', async () => {
  const model = new DummyRegressor({ strategy: 'quantile', quantile: 0 });
  expect((await model.fit(X, [1, 2, 3, 4], { sampleWeight: [0, 1, 1, 1] })).constant_).toEqual(Float64Array.of(2));
  const median = await new DummyRegressor({ strategy: 'median' }).fit(X, [1, 2, 3, 4], { sampleWeight: [1, 1, 1, 1] });
  expect(median.constant_).toEqual(Float64Array.of(2));
});

test('DummyRegressor: several outputs, and what is missing is a sentence', async () => {
  const model = await new DummyRegressor().fit(
    [[0], [0]],
    [
      [1, 2],
      [3, 4],
    ],
  );
  expect(await model.predict([[0]])).toEqual(Matrix.fromRows([[2, 3]]));
  await expect(new DummyRegressor({ strategy: 'quantile' }).fit(X, [1, 2, 3, 4])).rejects.toThrow(
    "Cannot fit DummyRegressor: quantile must be given for strategy 'quantile', received null",
  );
  await expect(new DummyRegressor().fit([[0], [0]], [1.5e308, 1.5e308])).rejects.toThrow(
    'the sum of y must not overflow',
  );
});
