/** partialFit and warmStartFrom: the two ways to go on from what was learned. */
import { expect, test } from 'vitest';
import { LogisticRegression, Ridge } from '../../src/linear-model/index.ts';
import { GaussianNB } from '../../src/naive-bayes/index.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import { refusal } from '../helpers/refusal.ts';

const X = [[0], [1], [4], [5]];
const y = ['a', 'a', 'b', 'b'];

test('partialFit of parts is the fit of the whole', async () => {
  const whole = await new GaussianNB({ varSmoothing: 0 }).fit(X, y);
  const parts = new GaussianNB({ varSmoothing: 0 });
  await parts.partialFit([X[0]!, X[2]!], ['a', 'b'], { classes: ['a', 'b'] });
  await parts.partialFit([X[1]!, X[3]!], ['a', 'b']);
  expect(parts.theta_).toEqual(whole.theta_);
  expect(parts.var_).toEqual(whole.var_);
});

test('partialFit after partialFit is no fit: fit forgets', async () => {
  const scaler = new StandardScaler();
  await scaler.partialFit([[0], [2]]);
  await scaler.partialFit([[4], [6]]);
  expect(scaler.mean_).toEqual(Float64Array.of(3));
  await scaler.fit([[10], [12]]);
  expect(scaler.mean_).toEqual(Float64Array.of(11));
});

test('partialFit refuses samples of another width, and keeps what it knew', async () => {
  const scaler = new StandardScaler();
  await scaler.partialFit([[0], [2]]);
  expect(await refusal(() => scaler.partialFit([[1, 2]]))).toBe(
    'InvalidInputError: Cannot update StandardScaler: X must have 1 feature as in fit, received shape (1, 2)',
  );
  expect(scaler.mean_).toEqual(Float64Array.of(1));
});

test('partialFit of a classifier must hear of all classes first, and holds to them', async () => {
  expect(await refusal(() => new GaussianNB().partialFit(X, y))).toBe(
    'InvalidInputError: Cannot fit GaussianNB: classes must name all labels in the first call of partialFit, received none; pass { classes: [...] }',
  );
  const model = new GaussianNB();
  await model.partialFit(X, y, { classes: ['b', 'a'] });
  expect(model.classes_).toEqual(['a', 'b']);
  expect(await refusal(() => model.partialFit([[1]], ['c']))).toBe(
    "InvalidInputError: Cannot fit GaussianNB: labels must be among ['a', 'b'], received 'c' at row 0",
  );
  for (const classes of [['a', 'c'], ['a', 'b', 'c'], ['a,b']]) {
    expect(await refusal(() => model.partialFit(X, y, { classes }))).toContain(
      "classes must be those of the first call (['a', 'b']), received",
    );
  }
});

test('warmStartFrom goes on: from its own solution nothing is left to do', async () => {
  const options = { C: 1, tol: 1e-8 };
  const first = await new LogisticRegression(options).fit(X, y);
  const second = await new LogisticRegression(options).fit(X, y, { warmStartFrom: first });
  expect(Math.max(...first.nIter_)).toBeGreaterThan(2);
  expect(Math.max(...second.nIter_)).toBeLessThanOrEqual(1);
  expect(first.coef_.get(0, 0)).toBeCloseTo(second.coef_.get(0, 0), 6);
});

test('warmStartFrom refuses other classes, plain objects, unfitted models, and other features', async () => {
  const goOnFrom = (warmStartFrom: object) => new LogisticRegression().fit(X, y, { warmStartFrom });
  expect(await refusal(async () => goOnFrom(await new Ridge().fit(X, [0, 1, 2, 3])))).toBe(
    'InvalidInputError: Cannot fit LogisticRegression: warmStartFrom must be a fitted LogisticRegression, received Ridge',
  );
  expect(await refusal(() => goOnFrom({ coef_: [1] }))).toBe(
    "InvalidInputError: Cannot fit LogisticRegression: warmStartFrom must be a fitted LogisticRegression, received object with keys ['coef_']",
  );
  expect(await refusal(() => goOnFrom(new LogisticRegression()))).toContain(
    'NotFittedError: Cannot fit LogisticRegression',
  );
  const wide = await new LogisticRegression().fit(
    [
      [0, 1],
      [1, 0],
      [5, 5],
      [6, 6],
    ],
    y,
  );
  expect(await refusal(() => goOnFrom(wide))).toBe(
    'InvalidInputError: Cannot fit LogisticRegression: X must have as many features as warmStartFrom was fitted on (2), received 1',
  );
});

test('warmStartFrom and classes are refused where nobody uses them', async () => {
  expect(await refusal(() => new Ridge().fit(X, [0, 1, 2, 3], { warmStartFrom: new Ridge() }))).toBe(
    'InvalidInputError: Cannot fit Ridge: warmStartFrom must be consumed by some estimator, received one that nobody uses',
  );
});
