import {
  captureWarnings,
  fromBytes,
  LinearRegression,
  MinMaxScaler,
  StandardScaler,
  TransformedTargetRegressor,
  toBytes,
} from 'fitwise';
import { expect, test } from 'vitest';

const X = [[1], [2], [3]];
const y = [Math.exp(1), Math.exp(2), Math.exp(3)];

test('TransformedTargetRegressor: fits the logarithm, predicts on the first scale', async () => {
  const model = await new TransformedTargetRegressor({ func: Math.log, inverseFunc: Math.exp }).fit(X, y);
  expect(Math.log((await model.predict([[4]]))[0]!)).toBeCloseTo(4, 10);
  expect(await model.score(X, y)).toBeCloseTo(1, 12);
  expect((model.regressor_ as LinearRegression).isFitted).toBe(true);
});

test('TransformedTargetRegressor: a linear transformation changes nothing of a linear model', async () => {
  const plain = await new LinearRegression().fit(X, [1, 5, 6]);
  const model = await new TransformedTargetRegressor({ transformer: new StandardScaler() }).fit(X, [1, 5, 6]);
  expect((await model.predict([[7]]))[0]).toBeCloseTo((await plain.predict([[7]]))[0]!, 10);
  const both = await new TransformedTargetRegressor({ transformer: new MinMaxScaler() }).fit(X, [
    [1, 2],
    [5, 0],
    [6, 3],
  ]);
  expect(await both.predict([[7]])).toMatchObject({ rows: 1, columns: 2 });
});

test('TransformedTargetRegressor: parameters of the regressor are reached, weights go to it', async () => {
  const model = new TransformedTargetRegressor({ regressor: new LinearRegression() }).withParams({
    regressor__fitIntercept: false,
  });
  const fitted = await model.fit([[1], [1]], [1, 3], { sampleWeight: [0, 1] });
  expect((await fitted.predict([[2]]))[0]).toBeCloseTo(6, 10);
});

test('TransformedTargetRegressor: an inverse that is none is a warning', async () => {
  const model = new TransformedTargetRegressor({ func: x => x, inverseFunc: x => x + 1 });
  const { warnings } = await captureWarnings(() => model.fit(X, y));
  expect(warnings.map(({ kind }) => kind)).toEqual(['user']);
  expect((await captureWarnings(() => model.withParams({ checkInverse: false }).fit(X, y))).warnings).toEqual([]);
});

test('TransformedTargetRegressor: one function without the other, both ways at once, and no number are sentences', async () => {
  expect(() => new TransformedTargetRegressor({ func: Math.log })).toThrow(
    'Cannot make TransformedTargetRegressor: func and inverseFunc must be given together, received func only; ' +
      'pass y => y for the one that changes nothing',
  );
  expect(
    () => new TransformedTargetRegressor({ func: Math.log, inverseFunc: Math.exp, transformer: new StandardScaler() }),
  ).toThrow('transformer and functions must not both be set');
  await expect(
    new TransformedTargetRegressor({ func: Math.log, inverseFunc: Math.exp }).fit(X, [1, 0, 1]),
  ).rejects.toThrow(
    'Cannot fit TransformedTargetRegressor: func must give finite numbers, received -Infinity for 0 at row 1',
  );
});

test('TransformedTargetRegressor: is saved where a transformer does the work', async () => {
  const model = await new TransformedTargetRegressor({ transformer: new StandardScaler() }).fit(X, y);
  const loaded = (await fromBytes(toBytes(model))) as typeof model;
  expect(await loaded.predict(X)).toEqual(await model.predict(X));
});
