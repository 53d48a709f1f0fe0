import { expect, test } from 'vitest';
import { KNeighborsRegressor, type Matrix } from '../../src/index.ts';

const X = [[0], [1], [2], [3]];

test('KNeighborsRegressor predicts the mean of the nearest values', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit(X, [0, 0, 1, 1]);
  expect(Array.from(await model.predict([[1.5], [0]]))).toEqual([0.5, 0]);
});

test('KNeighborsRegressor weighs by inverse distance: (4 * 10 + 4/3 * 20) / (4 + 4/3) at a quarter', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2, weights: 'distance' }).fit(X, [10, 20, 0, 0]);
  expect((await model.predict([[0.25]]))[0]).toBeCloseTo(12.5, 12);
  expect((await model.predict([[1]]))[0]).toBe(20);
});

test('KNeighborsRegressor predicts several outputs', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit(X, [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
  ]);
  expect(((await model.predict([[0.4]])) as Matrix).toArray()).toEqual([[1, 2]]);
});

test('KNeighborsRegressor reads distances where they are precomputed', async () => {
  const distances = [
    [0, 1, 5],
    [1, 0, 4],
    [5, 4, 0],
  ];
  const model = await new KNeighborsRegressor({ nNeighbors: 1, metric: 'precomputed' }).fit(distances, [10, 20, 30]);
  expect(Array.from(await model.predict([[3, 2, 9]]))).toEqual([20]);
  await expect(model.predict([[3, -2, 9]])).rejects.toThrow(
    'Cannot predict with KNeighborsRegressor: distances must be finite numbers >= 0, received -2',
  );
});

test('KNeighborsRegressor refuses text and sums that overflow', async () => {
  await expect(new KNeighborsRegressor().fit(X, ['1', '2', '3', '4'])).rejects.toThrow(
    "Cannot fit KNeighborsRegressor: y must hold finite numbers, received '1' at row 0",
  );
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit(X, [1e308, 1e308, 0, 0]);
  await expect(model.predict([[0]])).rejects.toThrow(
    'Cannot predict with KNeighborsRegressor: sums of y must not overflow, received an infinite mean',
  );
});

test('KNeighborsRegressor: weights null are uniform', async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2, weights: null }).fit([[0], [1], [9]], [1, 2, 30]);
  expect(Array.from(await model.predict([[0.9]]))).toEqual([1.5]);
});
