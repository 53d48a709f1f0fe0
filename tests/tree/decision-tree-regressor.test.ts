import { expect, test } from 'vitest';
import { captureWarnings, DecisionTreeRegressor, Matrix } from '../../src/index.ts';

const X = [[1], [2], [3], [4]];

test('DecisionTreeRegressor predicts the mean of a leaf, or with absolute_error its median', async () => {
  const y = [0, 1, 8, 10];
  const mean = await new DecisionTreeRegressor({ maxDepth: 1 }).fit(X, y);
  expect(await mean.predict([[0], [9]])).toEqual(Float64Array.of(0.5, 9));
  const all = [0, 1, 2, 100];
  const median = new DecisionTreeRegressor({ criterion: 'absolute_error', minSamplesLeaf: 3 });
  expect(await (await median.fit(X, all)).predict([[0]])).toEqual(Float64Array.of(1.5));
});

test('DecisionTreeRegressor with absolute_error takes the weighted median', async () => {
  const model = new DecisionTreeRegressor({ criterion: 'absolute_error', minSamplesLeaf: 3 });
  await model.fit(X, [0, 1, 2, 100], { sampleWeight: [1, 1, 1, 5] });
  expect(await model.predict([[0]])).toEqual(Float64Array.of(100));
});

test('DecisionTreeRegressor keeps variances and their weighted decrease', async () => {
  const { tree_, featureImportances_ } = await new DecisionTreeRegressor({ maxDepth: 1 }).fit(X, [0, 0, 6, 6]);
  expect(Array.from(tree_.impurity)).toEqual([9, 0, 0]);
  expect(tree_.threshold[0]).toBe(2.5);
  expect(featureImportances_).toEqual(Float64Array.of(1));
});

test('DecisionTreeRegressor predicts several outputs as a matrix', async () => {
  const y = Matrix.fromRows([
    [1, -1],
    [1, -1],
    [5, 0],
    [5, 0],
  ]);
  const model = await new DecisionTreeRegressor().fit(X, y);
  expect((await model.predict(X)).toArray()).toEqual(y.toArray());
});

test('DecisionTreeRegressor stops where a split would decrease impurity by less than minImpurityDecrease', async () => {
  // The decrease is the variance: 0.25.
  const leaves = async (minImpurityDecrease: number) =>
    (await new DecisionTreeRegressor({ minImpurityDecrease }).fit(X, [0, 0, 1, 1])).getNLeaves();
  expect([await leaves(0.25), await leaves(0.26)]).toEqual([2, 1]);
});

test('DecisionTreeRegressor takes friedman_mse for squared_error, with a warning', async () => {
  const { result, warnings } = await captureWarnings(() =>
    new DecisionTreeRegressor({ criterion: 'friedman_mse' }).fit(X, [0, 1, 5, 7]),
  );
  const plain = await new DecisionTreeRegressor({ criterion: 'squared_error' }).fit(X, [0, 1, 5, 7]);
  expect(result.tree_).toEqual(plain.tree_);
  expect(warnings.map(({ message }) => message)).toEqual([
    "criterion 'friedman_mse' is deprecated and does what 'squared_error' does, which should be used",
  ]);
});

test('DecisionTreeRegressor refuses targets that poisson cannot count', async () => {
  const model = new DecisionTreeRegressor({ criterion: 'poisson' });
  const sentence =
    "Cannot fit DecisionTreeRegressor: y must not be negative, nor zero everywhere, with criterion 'poisson'";
  await expect(model.fit(X, [1, 2, -3, 4])).rejects.toThrow(`${sentence}, received -3`);
  await expect(model.fit(X, [0, 0, 0, 0])).rejects.toThrow(`${sentence}, received [0, 0, 0, 0]`);
});
