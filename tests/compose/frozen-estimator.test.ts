import { FrozenEstimator, fromBytes, GaussianNB, Pipeline, StandardScaler, toBytes } from 'fitwise';
import { expect, test } from 'vitest';

test('FrozenEstimator: no fit changes it, and its copy is itself', async () => {
  const frozen = new FrozenEstimator(await new StandardScaler().fit([[0], [2]]));
  await frozen.fit([[10], [20]]);
  expect((await frozen.transform([[3]])).toArray()).toEqual([[2]]);
  expect(frozen.clone()).toBe(frozen);
  expect(frozen.nFeaturesIn_).toBe(1);
});

test('FrozenEstimator: serves as a step and is saved with what it holds', async () => {
  const frozen = new FrozenEstimator(await new StandardScaler().fit([[0], [2]]));
  const pipeline = await new Pipeline([
    ['scaler', frozen],
    ['bayes', new GaussianNB()],
  ]).fit([[5], [6], [9], [10]], [0, 0, 1, 1]);
  const loaded = (await fromBytes(toBytes(pipeline))) as typeof pipeline;
  expect(await loaded.predict([[5], [10]])).toEqual([0, 1]);
});

test('FrozenEstimator: classifiers stay classifiers; unfitted ones and changes are sentences', async () => {
  const frozen = new FrozenEstimator(await new GaussianNB().fit([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']));
  expect(frozen.kind).toBe('classifier');
  expect(await frozen.predict([[6]])).toEqual(['b']);
  await expect(new FrozenEstimator(new GaussianNB()).fit([[1]], [1])).rejects.toThrow(
    'Cannot fit FrozenEstimator: the frozen estimator must be fitted, received an unfitted one',
  );
  expect(() => frozen.withParams({ estimator: null })).toThrow(
    'Cannot change FrozenEstimator: its parameters must stay',
  );
});
