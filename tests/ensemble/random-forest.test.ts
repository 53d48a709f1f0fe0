import { expect, test } from 'vitest';
import { captureWarnings, makeClassification, RandomForestClassifier, RandomForestRegressor } from '../../src/index.ts';

const { X, y } = makeClassification({ nSamples: 60, nFeatures: 6, randomState: 3 });

test('RandomForestClassifier of k trees is the beginning of any larger one of the same seed', async () => {
  const small = await new RandomForestClassifier({ nEstimators: 3, randomState: 7 }).fit(X, y);
  const large = await new RandomForestClassifier({ nEstimators: 8, randomState: 7 }).fit(X, y);
  expect(large.estimators_.slice(0, 3).map(tree => tree.tree_)).toEqual(small.estimators_.map(tree => tree.tree_));
});

test('RandomForestClassifier averages the class shares of its trees', async () => {
  const forest = await new RandomForestClassifier({ nEstimators: 4, maxDepth: 2, randomState: 0 }).fit(X, y);
  const trees = await Promise.all(forest.estimators_.map(tree => tree.predictProba(X)));
  const mean = (await forest.predictProba(X)).get(5, 1);
  expect(mean).toBeCloseTo(trees.reduce((sum, shares) => sum + (shares as typeof X).get(5, 1), 0) / 4, 12);
});

test('RandomForestClassifier goes on from another forest as if it had grown all trees at once', async () => {
  const some = await new RandomForestClassifier({ nEstimators: 4, oobScore: true, randomState: 1 }).fit(X, y);
  const more = new RandomForestClassifier({ nEstimators: 9, oobScore: true, randomState: 1 });
  await more.fit(X, y, { warmStartFrom: some });
  const fresh = await new RandomForestClassifier({ nEstimators: 9, oobScore: true, randomState: 1 }).fit(X, y);
  expect(await more.predictProba(X)).toEqual(await fresh.predictProba(X));
  expect(more.oobScore_).toBe(fresh.oobScore_);
});

test('RandomForestClassifier warns when there is nothing to grow, and refuses to shrink or change classes', async () => {
  const some = await new RandomForestClassifier({ nEstimators: 4, randomState: 1 }).fit(X, y);
  const again = new RandomForestClassifier({ nEstimators: 4, randomState: 1 });
  const { warnings } = await captureWarnings(() => again.fit(X, y, { warmStartFrom: some }));
  expect(warnings[0]?.message).toBe('warmStartFrom has nEstimators trees already: none was grown');
  await expect(new RandomForestClassifier({ nEstimators: 3 }).fit(X, y, { warmStartFrom: some })).rejects.toThrow(
    'Cannot fit RandomForestClassifier: nEstimators must be at least the number of trees of warmStartFrom (4), received 3',
  );
  const other = Array.from(y, label => label + 5);
  await expect(again.fit(X, other, { warmStartFrom: some })).rejects.toThrow(
    'Cannot fit RandomForestClassifier: y must have the classes of warmStartFrom ([0, 1]), received [5, 6]',
  );
});

test('RandomForestClassifier draws with replacement, as many as maxSamples says', async () => {
  const forest = await new RandomForestClassifier({ nEstimators: 2, maxSamples: 10, randomState: 0 }).fit(X, y);
  expect(forest.estimatorsSamples_.map(rows => rows.length)).toEqual([10, 10]);
  expect(forest.estimators_[0]!.tree_.weightedNNodeSamples[0]).toBe(10);
});

test('RandomForestClassifier warns where some sample was drawn by every tree', async () => {
  const model = new RandomForestClassifier({ nEstimators: 1, oobScore: true, randomState: 0 });
  const { warnings } = await captureWarnings(() => model.fit(X, y));
  expect(warnings.map(({ message }) => message)).toEqual([
    'some samples were drawn by every tree and have no out-of-bag estimate; grow more trees',
  ]);
});

test('RandomForestClassifier refuses to draw and not to draw', async () => {
  const fitWith = (params: object) => new RandomForestClassifier({ bootstrap: false, ...params }).fit(X, y);
  await expect(fitWith({ oobScore: true })).rejects.toThrow(
    'Cannot fit RandomForestClassifier: oobScore must be false without bootstrap, received true',
  );
  await expect(fitWith({ maxSamples: 5 })).rejects.toThrow(
    'Cannot fit RandomForestClassifier: maxSamples must be null without bootstrap, received 5',
  );
});

test('oobDecisionFunction_ says that oobScore was not asked for', async () => {
  const forest = await new RandomForestClassifier({ nEstimators: 2 }).fit(X, y);
  expect(() => forest.oobDecisionFunction_).toThrow(
    'Cannot read the out-of-bag results of RandomForestClassifier: oobScore must be true in fit, received false',
  );
});

test('RandomForestRegressor predicts within the range of its targets, and R² out of bag is worse than in', async () => {
  const target = Float64Array.from({ length: X.rows }, (_, i) => X.get(i, 0) + 0.1 * X.get(i, 1));
  const forest = await new RandomForestRegressor({ nEstimators: 30, oobScore: true, randomState: 0 }).fit(X, target);
  const predicted = await forest.predict(X);
  expect(Math.max(...predicted)).toBeLessThanOrEqual(Math.max(...target));
  expect(forest.oobScore_).toBeLessThan(await forest.score(X, target));
  expect(forest.oobPrediction_).toHaveLength(X.rows);
});

test('RandomForestRegressor refuses to go on with data of another width', async () => {
  const some = await new RandomForestRegressor({ nEstimators: 2 }).fit([[1], [2]], [1, 2]);
  const more = new RandomForestRegressor({ nEstimators: 3 });
  await expect(
    more.fit(
      [
        [1, 1],
        [2, 2],
      ],
      [1, 2],
      { warmStartFrom: some },
    ),
  ).rejects.toThrow(
    'Cannot fit RandomForestRegressor: X must have as many features as warmStartFrom was fitted on (1), received 2',
  );
});
