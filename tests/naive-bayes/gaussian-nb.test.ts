import { GaussianNB, type Matrix } from 'fitwise';
import { expect, test } from 'vitest';

// Two classes of mean -1.5 and 1.5 with variance 0.25: the boundary lies at 0.
const X = [[-2], [-1], [1], [2]];
const y = ['low', 'low', 'high', 'high'];

test('GaussianNB: means, variances and priors per class', async () => {
  const model = await new GaussianNB().fit(X, y);
  expect(model.classes_).toEqual(['high', 'low']);
  expect(model.theta_.toArray()).toEqual([[1.5], [-1.5]]);
  expect(model.epsilon_).toBeCloseTo(2.5e-9, 20);
  expect(model.var_.get(0, 0)).toBeCloseTo(0.25, 8);
  expect(await model.predict([[0.1], [-0.1]])).toEqual(['high', 'low']);
  expect((await model.predictProba([[0]])).get(0, 1)).toBeCloseTo(0.5, 12);
});

test('GaussianNB: the joint log probability is the formula, and its normalisation the log probability', async () => {
  const model = await new GaussianNB({ varSmoothing: 0 }).fit(X, y);
  const expected = Math.log(0.5) - 0.5 * (Math.log(2 * Math.PI * 0.25) + 0.5 ** 2 / 0.25);
  expect((await model.predictJointLogProba([[1]])).get(0, 0)).toBeCloseTo(expected, 14);
  const logs = await model.predictLogProba([[1]]);
  expect(Math.exp(logs.get(0, 0)) + Math.exp(logs.get(0, 1))).toBeCloseTo(1, 14);
});

test('GaussianNB: priors given move the boundary, and must sum to 1', async () => {
  const model = await new GaussianNB({ priors: [0.01, 0.99] }).fit(X, y);
  expect(await model.predict([[0.1]])).toEqual(['low']);
  await expect(new GaussianNB({ priors: [0.5, 0.1] }).fit(X, y)).rejects.toThrow(
    'Cannot fit GaussianNB: priors must hold one probability per class (2) and sum to 1, received [0.5, 0.1], which sum to 0.6',
  );
});

test('GaussianNB: weight 2 is a row twice', async () => {
  const weighted = await new GaussianNB().fit(X, y, { sampleWeight: [2, 1, 1, 1] });
  const repeated = await new GaussianNB().fit([X[0]!, ...X], ['low', ...y]);
  expect(weighted.theta_.get(1, 0)).toBeCloseTo(repeated.theta_.get(1, 0), 14);
  expect(weighted.var_.get(1, 0)).toBeCloseTo(repeated.var_.get(1, 0), 8);
  expect(weighted.classPrior_).toEqual(repeated.classPrior_);
});

test('GaussianNB: partialFit names its classes once, and learns in parts', async () => {
  const model = new GaussianNB();
  await expect(model.partialFit(X, y)).rejects.toThrow(
    'Cannot fit GaussianNB: classes must name all labels in the first call of partialFit, received none; pass { classes: [...] }',
  );
  await model.partialFit([[-2]], ['low'], { classes: ['low', 'high'] });
  await model.partialFit([[-1], [1], [2]], ['low', 'high', 'high']);
  expect(model.theta_.toArray()).toEqual([[1.5], [-1.5]]);
  await expect(model.partialFit([[0]], ['middle'])).rejects.toThrow(
    "labels must be among ['high', 'low'], received 'middle'",
  );
  await expect(model.partialFit([[0]], ['low'], { classes: ['low'] })).rejects.toThrow(
    'classes must be those of the first call',
  );
  expect(await model.predict([[3]])).toEqual(['high']);
});

test('GaussianNB: no variance, no answer: a sentence instead of NaN', async () => {
  await expect(new GaussianNB().fit([[1], [1]], ['a', 'b'])).rejects.toThrow(
    'Cannot fit GaussianNB: variances must be > 0 in every class, received 0 for feature 0; raise varSmoothing, or leave ' +
      'out features that are constant',
  );
  await expect(new GaussianNB().fit([[1e300], [-1e300]], ['a', 'b'])).rejects.toThrow('must not overflow');
  const model = await new GaussianNB().fit(X, y);
  await expect(model.predictProba([[1e200]])).rejects.toThrow('some class must be possible');
  expect(((await model.predictProba([[1e4]])) as Matrix).toArray()[0]).toEqual([1, 0]);
});
