import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureWarnings, DecisionTreeClassifier, fromBytes, Matrix, toBytes } from '../../src/index.ts';

const XOR = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

test('DecisionTreeClassifier learns XOR at depth 2, where no single cut helps', async () => {
  const tree = await new DecisionTreeClassifier().fit(XOR, [0, 1, 1, 0]);
  expect(await tree.predict(XOR)).toEqual([0, 1, 1, 0]);
  expect([tree.getDepth(), tree.getNLeaves()]).toEqual([2, 4]);
});

test('DecisionTreeClassifier cuts halfway between neighbours, and keeps class shares and Gini impurities', async () => {
  const { tree_ } = await new DecisionTreeClassifier({ maxDepth: 1 }).fit([[1], [2], [4], [8]], ['a', 'a', 'b', 'a']);
  expect(tree_.threshold[0]).toBe(3);
  // 1 - (3/4)² - (1/4)² at the root; the right side holds one of each.
  expect(Array.from(tree_.impurity)).toEqual([0.375, 0, 0.5]);
  expect(Array.from(tree_.value)).toEqual([0.75, 0.25, 1, 0, 0.5, 0.5]);
  expect(Array.from(tree_.nNodeSamples)).toEqual([4, 2, 2]);
});

test('DecisionTreeClassifier never separates values closer than 1e-7 in single precision', async () => {
  const near = await new DecisionTreeClassifier().fit([[0], [5e-8]], [0, 1]);
  const apart = await new DecisionTreeClassifier().fit([[0], [2e-7]], [0, 1]);
  expect([near.getNLeaves(), apart.getNLeaves()]).toEqual([1, 2]);
});

test('DecisionTreeClassifier counts weights, and rows of weight 0 do not count', async () => {
  const model = new DecisionTreeClassifier({ maxDepth: 1 });
  const { tree_ } = await model.fit([[1], [2], [3]], ['a', 'b', 'a'], { sampleWeight: [3, 1, 0] });
  expect(tree_.weightedNNodeSamples[0]).toBe(4);
  expect(tree_.nNodeSamples[0]).toBe(2);
  expect(tree_.value.slice(0, 2)).toEqual(Float64Array.of(0.75, 0.25));
});

test('DecisionTreeClassifier sends missing values where they help, also on a side of their own', async () => {
  const X = [[1], [2], [Number.NaN], [Number.NaN]];
  const model = await new DecisionTreeClassifier().fit(X, ['low', 'low', 'gone', 'gone']);
  expect(model.tree_.threshold[0]).toBe(Infinity);
  expect(await model.predict([[Number.NaN], [100]])).toEqual(['gone', 'low']);
});

test('DecisionTreeClassifier sends missing values to the larger side where none were missing in training', async () => {
  const model = await new DecisionTreeClassifier().fit([[1], [2], [3], [9]], ['a', 'a', 'a', 'b']);
  expect(await model.predict([[Number.NaN]])).toEqual(['a']);
});

test('DecisionTreeClassifier balances classes: each gets half of the weight', async () => {
  const model = new DecisionTreeClassifier({ classWeight: 'balanced', maxDepth: 1 });
  const { tree_ } = await model.fit([[1], [1], [1], [1]], ['a', 'a', 'a', 'b']);
  expect(tree_.value).toEqual(Float64Array.of(0.5, 0.5));
});

test('DecisionTreeClassifier grows the best split first up to maxLeafNodes', async () => {
  const X = [[0], [1], [2], [3], [4], [5]];
  const model = await new DecisionTreeClassifier({ maxLeafNodes: 3 }).fit(X, [0, 0, 1, 0, 2, 2]);
  expect(model.getNLeaves()).toBe(3);
});

test('DecisionTreeClassifier predicts several outputs, one label per output and row', async () => {
  const y = [
    ['a', 'x'],
    ['a', 'y'],
    ['b', 'x'],
    ['b', 'y'],
  ];
  const model = await new DecisionTreeClassifier().fit(XOR, y);
  expect(await model.predict(XOR)).toEqual(y);
  expect((await model.predictProba(XOR)).length).toBe(2);
  expect(model.classes_).toEqual([
    ['a', 'b'],
    ['x', 'y'],
  ]);
});

test('DecisionTreeClassifier numbers leaves and paths by tree_', async () => {
  const model = await new DecisionTreeClassifier().fit([[1], [2], [3]], [0, 1, 2]);
  const leaves = await model.apply([[1], [2], [3]]);
  const path = (await model.decisionPath([[1], [2], [3]])).toDense();
  expect(Array.from(leaves, (leaf, i) => path.get(i, leaf))).toEqual([1, 1, 1]);
  expect(path.column(0)).toEqual(Float64Array.of(1, 1, 1));
});

test('featureImportances_ name the only feature that matters', async () => {
  const X = XOR.map(([a, b]) => [5, a!, b! * 0]);
  const model = await new DecisionTreeClassifier().fit(X, [0, 0, 1, 1]);
  expect(model.featureImportances_).toEqual(Float64Array.of(0, 1, 0));
});

test('costComplexityPruningPath ends in the root, and its alphas prune to fewer and fewer leaves', async () => {
  const X = Array.from({ length: 40 }, (_, i) => [i]);
  const y = X.map(([i]) => (i! % 7 < 3 || i! > 25 ? 1 : 0));
  const model = new DecisionTreeClassifier({ randomState: 0 });
  const { ccpAlphas, impurities } = await model.costComplexityPruningPath(X, y);
  expect(model.isFitted).toBe(false);
  const leaves: number[] = [];
  for (const ccpAlpha of ccpAlphas) {
    leaves.push((await new DecisionTreeClassifier({ ccpAlpha, randomState: 0 }).fit(X, y)).getNLeaves());
  }
  expect(leaves.at(-1)).toBe(1);
  expect([...leaves].sort((a, b) => b - a)).toEqual(leaves);
  expect([...impurities].sort((a, b) => a - b)).toEqual([...impurities]);
});

test('monotonicCst makes the second class likelier along a feature, whatever the data say', async () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    minLength: 4,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(1 as const, -1 as const), async (samples, sign) => {
      const y = [...samples.map(([, , label]) => label), true, false];
      const X = [...samples.map(([a, b]) => [a, b]), [4, 4], [5, 5]];
      const model = await new DecisionTreeClassifier({ monotonicCst: [sign, 0], randomState: 0 }).fit(X, y);
      for (const b of [1, 5, 8]) {
        const shares = (await model.predictProba(Array.from({ length: 10 }, (_, a) => [a, b]))).column(1);
        for (let a = 1; a < 10; a++) expect(sign * (shares[a]! - shares[a - 1]!)).toBeGreaterThanOrEqual(-1e-12);
      }
    }),
    { numRuns: 40 },
  );
});

test('DecisionTreeClassifier predicts the same bits after saving and loading', async () => {
  const model = await new DecisionTreeClassifier({ randomState: 1 }).fit(XOR, ['p', 'q', 'q', 'p']);
  const copy = (await fromBytes(await toBytes(model))) as typeof model;
  expect(await copy.predict(XOR)).toEqual(await model.predict(XOR));
  expect(copy.tree_).toEqual(model.tree_);
});

test('DecisionTreeClassifier refuses numbers beyond single precision, in fit and in predict', async () => {
  const sentence =
    'X must fit single precision, in which trees work, received 1e+308 at row 1, column 0; scale the features';
  await expect(new DecisionTreeClassifier().fit([[1], [1e308]], [0, 1])).rejects.toThrow(
    `Cannot fit DecisionTreeClassifier: ${sentence}`,
  );
  const model = await new DecisionTreeClassifier().fit([[1], [2]], [0, 1]);
  await expect(model.predict([[1], [1e308]])).rejects.toThrow(
    `Cannot predict with DecisionTreeClassifier: ${sentence}`,
  );
});

test('DecisionTreeClassifier refuses constraints that do not fit the data', async () => {
  const constrained = new DecisionTreeClassifier({ monotonicCst: [1] });
  await expect(constrained.fit(XOR, [0, 1, 1, 0])).rejects.toThrow(
    'Cannot fit DecisionTreeClassifier: monotonicCst must have one value per feature (2), received [1]',
  );
  await expect(constrained.fit([[1], [2], [3]], [0, 1, 2])).rejects.toThrow(
    'Cannot fit DecisionTreeClassifier: y must have one output and at most two classes where monotonicCst is given, received 3 classes',
  );
});

test('DecisionTreeClassifier refuses one weighting of classes for several outputs', async () => {
  const model = new DecisionTreeClassifier({ classWeight: { a: 2 } });
  const y = Matrix.fromRows([
    [0, 1],
    [1, 0],
    [0, 0],
    [1, 1],
  ]);
  await expect(model.fit(XOR, y)).rejects.toThrow(
    "Cannot fit DecisionTreeClassifier: classWeight must be 'balanced', null or a list with one weighting per output (2), received object with keys ['a']",
  );
});

test('DecisionTreeClassifier warns of nothing on clean data', async () => {
  const { warnings } = await captureWarnings(() => new DecisionTreeClassifier().fit(XOR, [0, 1, 1, 0]));
  expect(warnings).toEqual([]);
});
