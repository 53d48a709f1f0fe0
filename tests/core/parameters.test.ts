/** getParams, withParams and clone, of one estimator and of those inside it. */
import { expect, test } from 'vitest';
import { Pipeline } from '../../src/compose/index.ts';
import { LogisticRegression, Ridge } from '../../src/linear-model/index.ts';
import { GridSearchCV } from '../../src/model-selection/index.ts';
import { MinMaxScaler, StandardScaler } from '../../src/preprocessing/index.ts';
import { refusal } from '../helpers/refusal.ts';

const scaler = new StandardScaler({ withMean: false });
const classifier = new LogisticRegression({ C: 2 });
const pipeline = new Pipeline([
  ['scaler', scaler],
  ['classifier', classifier],
]);

test('getParams is complete: what was given, and the defaults', () => {
  expect(new StandardScaler({ withMean: false }).getParams()).toEqual({ withMean: false, withStd: true });
});

test('undefined stands for the default', () => {
  expect(new Ridge({ alpha: undefined as never }).params.alpha).toBe(1);
});

test('params cannot be written to, nor can the caller’s object change them later', () => {
  const given = { alpha: 2 };
  const model = new Ridge(given);
  given.alpha = 3;
  expect(model.params.alpha).toBe(2);
  expect(() => {
    (model.params as { alpha: number }).alpha = 4;
  }).toThrow(TypeError);
});

test('getParams of a composed estimator reaches into its parts', () => {
  const params = pipeline.getParams();
  expect(params).toMatchObject({ scaler__withMean: false, classifier__C: 2 });
  expect((params.scaler as StandardScaler).params).toEqual(scaler.params);
  expect(new GridSearchCV(pipeline, { paramGrid: {} }).getParams()).toMatchObject({ estimator__classifier__C: 2 });
});

test('withParams gives an unfitted copy and leaves the original alone', async () => {
  const fitted = await new Ridge({ alpha: 1 }).fit([[1], [2]], [1, 2]);
  const other = fitted.withParams({ alpha: 5 });
  expect([other.isFitted, other.params.alpha]).toEqual([false, 5]);
  expect([fitted.isFitted, fitted.params.alpha]).toEqual([true, 1]);
});

test('withParams replaces a part, then goes on inside the new one, whatever the order of the keys', () => {
  const replaced = pipeline.withParams({ scaler__featureRange: [0, 2], scaler: new MinMaxScaler() } as never);
  expect(replaced.getParams()).toMatchObject({ scaler__featureRange: [0, 2], classifier__C: 2 });
  expect(pipeline.getParams().scaler).toBeInstanceOf(StandardScaler);
});

test('withParams splits at the first __, so that searches over pipelines reach the step’s parameter', () => {
  const search = new GridSearchCV(pipeline, { paramGrid: {} });
  expect(search.withParams({ estimator__classifier__C: 9 } as never).getParams()).toMatchObject({
    estimator__classifier__C: 9,
  });
  expect(search.getParams()).toMatchObject({ estimator__classifier__C: 2 });
});

test('clone copies parts too', () => {
  const copy = pipeline.clone();
  expect(copy.getParams().scaler).not.toBe(pipeline.getParams().scaler);
  expect(copy.getParams()).toMatchObject({ scaler__withMean: false, classifier__C: 2 });
});

test('unknown names are refused with the nearest one that exists', async () => {
  expect(await refusal(() => new StandardScaler({ withMeans: true } as never))).toBe(
    "InvalidParamError: Cannot make StandardScaler: parameter names must be among withMean, withStd, received 'withMeans'; did you mean 'withMean'?",
  );
  expect(await refusal(() => new StandardScaler({ nClusters: 3 } as never))).toBe(
    "InvalidParamError: Cannot make StandardScaler: parameter names must be among withMean, withStd, received 'nClusters'",
  );
  expect(await refusal(() => scaler.withParams({ toString: 1 } as never))).toContain("received 'toString'");
});

test('unknown nested names are refused: no such part, no such parameter, nothing inside', async () => {
  expect(await refusal(() => pipeline.withParams({ scalar__withMean: true } as never))).toMatch(
    /^InvalidParamError: Cannot make Pipeline: parameter names must be among .*scaler, classifier, received 'scalar__withMean'/,
  );
  expect(await refusal(() => pipeline.withParams({ scaler__with: true } as never))).toContain(
    'Cannot make StandardScaler: parameter names must be among withMean, withStd',
  );
  expect(await refusal(() => scaler.withParams({ withMean__deeper: true } as never))).toContain(
    "Cannot make StandardScaler: parameter names must be among withMean, withStd, received 'withMean__deeper'",
  );
  expect(await refusal(() => pipeline.withParams({ classifier__C: -1 } as never))).toBe(
    'InvalidParamError: Cannot make LogisticRegression: C must be a number > 0, received -1',
  );
});

test('__proto__ as a parameter reaches no prototype', async () => {
  const hostile = JSON.parse('{ "__proto__": { "alpha": 3 } }') as object;
  expect(await refusal(() => new Ridge(hostile))).toContain("received '__proto__'");
  expect(await refusal(() => pipeline.withParams({ __proto____alpha: 1 } as never))).toContain(
    "received '__proto____alpha'",
  );
  expect(({} as { alpha?: number }).alpha).toBeUndefined();
});
