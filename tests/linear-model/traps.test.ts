/** Data on which other libraries go wrong. */
import { expect, test } from 'vitest';
import { captureWarnings } from '../../src/errors/index.ts';
import { LinearRegression, LogisticRegression } from '../../src/linear-model/index.ts';
import { RandomState } from '../../src/random/index.ts';

const TEN_POINTS = [
  [1, -1],
  [2, 0],
  [2, 1],
  [2, -1],
  [3, 2],
  [0, 4],
  [1, 3],
  [1, 4],
  [1, 5],
  [2, 3],
];
const TEN_LABELS = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];

test('LogisticRegression on ten points: the coefficients of scikit-learn, penalised by C = 1', async () => {
  const model = await new LogisticRegression({ tol: 1e-8 }).fit(TEN_POINTS, TEN_LABELS);
  expect(model.coef_.get(0, 0)).toBeCloseTo(-0.59323, 4);
  expect(model.coef_.get(0, 1)).toBeCloseTo(1.20182, 4);
  expect(model.intercept_[0]).toBeCloseTo(-1.51661, 4);
});

test('LogisticRegression: a greater C gives longer coefficients', async () => {
  const lengths = [];
  for (const C of [0.01, 0.1, 1, 10, 100]) {
    const { coef_ } = await new LogisticRegression({ C }).fit(TEN_POINTS, TEN_LABELS);
    lengths.push(Math.hypot(...coef_.data));
  }
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
});

test('LogisticRegression on features of sizes 1e5 and 1e1 is as good as on scaled ones, or warns', async () => {
  const random = new RandomState(0);
  const scaled = Array.from({ length: 200 }, () => [random.standardNormal(), random.standardNormal()]);
  const y = scaled.map(([a, b]) => (a! + b! + 0.3 * random.standardNormal() > 0 ? 'yes' : 'no'));
  const X = scaled.map(([a, b]) => [1e5 * a!, 10 * b!]);
  const reference = await new LogisticRegression().fit(scaled, y);
  const { result, warnings } = await captureWarnings(async () => {
    const model = await new LogisticRegression().fit(X, y);
    return model.score(X, y);
  });
  const isAsGood = Math.abs(result - (await reference.score(scaled, y))) <= 0.01;
  expect(isAsGood || warnings.some(({ kind }) => kind === 'convergence')).toBe(true);
});

test('LinearRegression on collinear columns takes the coefficients of least norm', async () => {
  // y = 3 x; the second column is twice the first: of all w1 + 2 w2 = 3 the shortest is (3/5, 6/5).
  const model = await new LinearRegression().fit(
    [
      [1, 2],
      [2, 4],
      [4, 8],
    ],
    [3, 6, 12],
  );
  expect(model.coef_[0 as never]).toBeCloseTo(0.6, 12);
  expect(model.coef_[1 as never]).toBeCloseTo(1.2, 12);
  expect(model.rank_).toBe(1);
});

test('LinearRegression with fewer samples than features fits them exactly', async () => {
  const X = [
    [1, 0, 2],
    [0, 1, 1],
  ];
  const model = await new LinearRegression().fit(X, [1, 4]);
  const predicted = (await model.predict(X)) as Float64Array;
  expect(predicted[0]).toBeCloseTo(1, 12);
  expect(predicted[1]).toBeCloseTo(4, 12);
});

test('LinearRegression gives a constant column the coefficient 0', async () => {
  const model = await new LinearRegression().fit(
    [
      [1, 7],
      [2, 7],
      [3, 7],
    ],
    [2, 4, 6],
  );
  expect(model.coef_[0 as never]).toBeCloseTo(2, 12);
  expect(model.coef_[1 as never]).toBe(0);
});

test('LinearRegression: x times a million makes the coefficient a millionth', async () => {
  const X = [
    [0.5, 1],
    [1.5, -2],
    [2, 0.25],
    [4, 1],
  ];
  const y = [1, 0, 3, 2];
  const plain = (await new LinearRegression().fit(X, y)).coef_ as Float64Array;
  const scaled = (
    await new LinearRegression().fit(
      X.map(row => row.map(value => 1e6 * value)),
      y,
    )
  ).coef_ as Float64Array;
  plain.forEach((value, j) => {
    expect((scaled[j]! * 1e6) / value).toBeCloseTo(1, 11);
  });
});

test('LinearRegression: an offset of 1e9 in y goes to the intercept', async () => {
  const model = await new LinearRegression().fit([[0], [1], [2], [3]], [1e9, 1e9 + 2, 1e9 + 4, 1e9 + 6]);
  expect(model.coef_[0 as never]).toBeCloseTo(2, 9);
  expect((model.intercept_ as number) - 1e9).toBeCloseTo(0, 6);
});
