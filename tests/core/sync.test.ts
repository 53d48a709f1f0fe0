import { expect, test } from 'vitest';
import { Pipeline } from '../../src/compose/index.ts';
import { sync } from '../../src/core/index.ts';
import { LogisticRegression, Ridge } from '../../src/linear-model/index.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import { refusal } from '../helpers/refusal.ts';

const X = [[0], [1], [2], [3]];
const y = ['a', 'a', 'b', 'b'];

test('sync gives what the promises give', async () => {
  const model = await new LogisticRegression().fit(X, y);
  const now = sync(model);
  expect(now.predict(X)).toEqual(await model.predict(X));
  expect(now.predictProba(X)).toEqual(await model.predictProba(X));
  expect(now.score(X, y)).toBe(1);
});

test('sync of a pipeline has what its last step has', async () => {
  const pipeline = await new Pipeline([
    ['scaler', new StandardScaler()],
    ['ridge', new Ridge()],
  ]).fit(X, [0, 1, 2, 3]);
  const now = sync(pipeline);
  expect(Object.keys(now).sort()).toEqual(['predict', 'score']);
  expect(now.predict([[1.5]])).toEqual(await pipeline.predict([[1.5]]));
});

test('sync of a transformer has transform and its way back', async () => {
  const now = sync(await new StandardScaler().fit(X));
  expect(Object.keys(now).sort()).toEqual(['inverseTransform', 'transform']);
});

test('sync follows the model through a refit', async () => {
  const model = await new Ridge({ alpha: 0 }).fit(X, [0, 1, 2, 3]);
  const now = sync(model);
  await model.fit(X, [0, 2, 4, 6]);
  expect((now.predict([[2]]) as Float64Array)[0]).toBeCloseTo(4, 12);
});

test('sync refuses an unfitted model, and bad input by the same sentence', async () => {
  expect(await refusal(() => sync(new Ridge()))).toBe(
    'NotFittedError: Cannot use Ridge: fit must be called first, received an unfitted estimator',
  );
  const now = sync(await new Ridge().fit(X, [0, 1, 2, 3]));
  expect(await refusal(() => now.predict([[1, 2]]))).toBe(
    'InvalidInputError: Cannot predict with Ridge: X must have 1 feature as in fit, received shape (1, 2)',
  );
});
