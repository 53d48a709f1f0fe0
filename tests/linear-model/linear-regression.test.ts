import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { LinearRegression } from '../../src/linear-model/index.ts';

const close = (values: ArrayLike<number>, expected: readonly number[], digits = 9) =>
  expect(Math.max(...expected.map((value, i) => Math.abs(values[i]! - value)))).toBeLessThan(10 ** -digits);

test('LinearRegression finds the plane that the points lie on', async () => {
  const X = [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 3],
  ];
  const model = await new LinearRegression().fit(
    X,
    X.map(([a, b]) => a! + 2 * b! + 3),
  );
  close(model.coef_ as Float64Array, [1, 2]);
  expect(model.intercept_).toBeCloseTo(3, 12);
  expect((await model.predict([[3, 5]]))[0]).toBeCloseTo(16, 12);
  expect(model.rank_).toBe(2);
});

test('LinearRegression without intercept goes through the origin: w = x.y / x.x', async () => {
  const model = await new LinearRegression({ fitIntercept: false }).fit([[1], [2]], [3, 4]);
  close(model.coef_ as Float64Array, [11 / 5]);
  expect(model.intercept_).toBe(0);
});

test('LinearRegression with several targets has a row of coefficients per target', async () => {
  const model = await new LinearRegression().fit(
    [[0], [1], [2]],
    [
      [0, 5],
      [1, 3],
      [2, 1],
    ],
  );
  expect(model.coef_).toBeInstanceOf(Matrix);
  close((model.coef_ as Matrix).data, [1, -2]);
  close(model.intercept_ as Float64Array, [0, 5]);
  expect((await model.predict([[3]])).columns).toBe(2);
});

test('LinearRegression: weight 2 is the sample twice, weight 0 is the sample left out', async () => {
  const X = [[0], [1], [3], [7]];
  const y = [1, 0, 2, 9];
  const weighted = await new LinearRegression().fit(X, y, { sampleWeight: [1, 2, 1, 0] });
  const repeated = await new LinearRegression().fit([[0], [1], [1], [3]], [1, 0, 0, 2]);
  close(weighted.coef_ as Float64Array, Array.from(repeated.coef_ as Float64Array));
  expect(weighted.intercept_).toBeCloseTo(repeated.intercept_ as number, 12);
});

test('LinearRegression, positive: a negative slope becomes zero', async () => {
  const model = await new LinearRegression({ positive: true }).fit(
    [
      [0, 0],
      [1, 1],
      [2, 0],
    ],
    [2, 1, 0],
  );
  expect(Math.min(...(model.coef_ as Float64Array))).toBeGreaterThanOrEqual(0);
  close(model.coef_ as Float64Array, [0, 0]);
  expect(model.rank_).toBeNull();
});

test('LinearRegression: the residuals are orthogonal to every column and sum to zero', async () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  const row = fc.tuple(number, number, number);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 12 }), async rows => {
      const X = rows.map(([a, b]) => [a, b]);
      const y = rows.map(([, , value]) => value);
      const predicted = (await (await new LinearRegression({ tol: 1e-12 }).fit(X, y)).predict(X)) as Float64Array;
      for (const column of [X.map(() => 1), X.map(([a]) => a!), X.map(([, b]) => b!)]) {
        const product = column.reduce((sum, value, i) => sum + value * (y[i]! - predicted[i]!), 0);
        expect(Math.abs(product)).toBeLessThan(1e-6);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('LinearRegression refuses sums that overflow', async () => {
  await expect(new LinearRegression().fit([[1e308], [1e308], [1.1e308]], [1, 2, 3])).rejects.toThrow(
    'Cannot fit LinearRegression: sums over X and y must not overflow, received values too large for double precision; scale them, e.g. with StandardScaler',
  );
});

/** Orthogonal columns of lengths 1 and `spread`, in mixtures, with a target that both explain. */
function mixed(spread: number, scale: number) {
  const rows = Array.from({ length: 8 }, (_, i) => {
    const [a, b] = [i % 2 === 0 ? 1 : -1, (i % 4 < 2 ? 1 : -1) * spread];
    return [(a + b) * scale, (a - b) * scale];
  });
  return { X: rows, y: rows.map(([a, b]) => 3 * a! - 2 * b!) };
}

test('LinearRegression finds the coefficients 3 and -2, the rank and the singular values by either way, at any scale', async () => {
  // X = [a + b, a - b] with a'a = 8, b'b = 8 spread²: the singular values are 4 and 4 spread.
  for (const [spread, accuracy] of [
    [1 / 25, 11],
    [1 / 50, 11],
    [1e-4, 8],
  ] as const) {
    // biome-ignore format: as on paper
    for (const scale of [1, 1e150, 1e-150]) {
      const { X, y } = mixed(spread, scale);
      const model = await new LinearRegression({ fitIntercept: false }).fit(X, y);
      const coef = model.coef_ as Float64Array;
      expect(coef[0]).toBeCloseTo(3, accuracy);
      expect(coef[1]).toBeCloseTo(-2, accuracy);
      expect(model.rank_).toBe(2);
      expect(model.singular_![0]! / scale).toBeCloseTo(4, 12);
      expect(model.singular_![1]! / scale / spread).toBeCloseTo(4, accuracy);
    }
  }
});

test('LinearRegression: a tol of 0, or of 1 and more, stands for half an epsilon, as in scikit-learn', async () => {
  // Two columns are alike: the rank is 2, and of all solutions (2, 0, 0) + (0, a, 1 - a) the shortest has a = 1 / 2.
  const X = [
    [1, 0, 0],
    [0, 1, 1],
    [0, 2, 2],
  ];
  for (const tol of [0, 1, 1e300]) {
    const model = await new LinearRegression({ fitIntercept: false, tol }).fit(X, [2, 1, 2]);
    expect(model.rank_).toBe(2);
    [2, 0.5, 0.5].forEach((value, j) => {
      expect((model.coef_ as Float64Array)[j]).toBeCloseTo(value, 12);
    });
  }
});

test('LinearRegression drops singular values up to tol times the largest, however well the equations could be solved', async () => {
  const { X, y } = mixed(1 / 25, 1);
  const model = await new LinearRegression({ fitIntercept: false, tol: 1 / 20 }).fit(X, y);
  expect(model.rank_).toBe(1);
  // What is left is the direction (1, 1): 3 and -2 become their mean.
  expect((model.coef_ as Float64Array)[0]).toBeCloseTo(0.5, 12);
  expect((model.coef_ as Float64Array)[1]).toBeCloseTo(0.5, 12);
});
