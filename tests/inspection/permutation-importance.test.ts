import { expect, test } from 'vitest';
import {
  DecisionTreeRegressor,
  Frame,
  LinearRegression,
  makeScorer,
  meanAbsoluteError,
  permutationImportance,
} from '../../src/index.ts';

const X = Array.from({ length: 20 }, (_, i) => [i, (i * 7) % 5, 1]);
const y = X.map(([a]) => 2 * a!);
const model = await new LinearRegression().fit(X, y);

test('permutationImportance: a feature that the model does not use costs nothing', async () => {
  const { importances, importancesMean, importancesStd } = await permutationImportance(model, X, y, { randomState: 0 });
  expect([importances.rows, importances.columns]).toEqual([3, 5]);
  expect(importancesMean[0]).toBeGreaterThan(0.5);
  expect(importancesMean[2]).toBe(0);
  expect(importancesStd[2]).toBe(0);
});

test('permutationImportance: leaves the caller’s table as it is, and takes frames', async () => {
  const before = JSON.stringify(X);
  await permutationImportance(model, X, y, { randomState: 0 });
  expect(JSON.stringify(X)).toBe(before);
  const columns = ['a', 'b', 'c'].map((name, j) => ({ name, values: Float64Array.from(X, row => row[j]!) }));
  const frame = new Frame(columns);
  const named = await new LinearRegression().fit(frame, y);
  const options = { randomState: 3, nRepeats: 2 };
  const [ofFrame, ofRows] = [
    await permutationImportance(named, frame, y, options),
    await permutationImportance(model, X, y, options),
  ];
  expect(ofFrame.importances).toEqual(ofRows.importances);
});

test('permutationImportance: several scorers give importances by name', async () => {
  const result = await permutationImportance(model, X, y, { scoring: ['r2', 'negMaxError'], randomState: 0 });
  expect(Object.keys(result)).toEqual(['r2', 'negMaxError']);
});

test('permutationImportance: 1, 2 and 7 workers give the same; one’s own scorers stay here', async () => {
  const tree = await new DecisionTreeRegressor({ randomState: 0 }).fit(X, y);
  const run = (nJobs: number | null) => permutationImportance(tree, X, y, { randomState: 5, maxSamples: 0.5, nJobs });
  const expected = await run(null);
  for (const nJobs of [1, 2, 7]) expect(await run(nJobs)).toEqual(expected);
  const scoring = makeScorer(meanAbsoluteError, { name: 'mine', greaterIsBetter: false });
  await expect(permutationImportance(tree, X, y, { scoring, nJobs: 2 })).rejects.toThrow(
    "Cannot run permutationImportance: scorers of your own must run in this thread, received scorer 'mine'",
  );
});

test('permutationImportance: refuses unfitted models and more samples than there are', async () => {
  await expect(permutationImportance(new LinearRegression(), X, y)).rejects.toThrow(
    'Cannot run permutationImportance: fit must be called first, received an unfitted estimator',
  );
  await expect(permutationImportance(model, X, y, { maxSamples: 21 })).rejects.toThrow(
    'Cannot run permutationImportance: maxSamples must be 1 to 20 samples, received 21',
  );
  await expect(permutationImportance(model, X, y.slice(1))).rejects.toThrow('y must have one value per row of X (20)');
});
