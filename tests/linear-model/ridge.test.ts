import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../src/array/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { Ridge, type RidgeParams } from '../../src/linear-model/index.ts';

test('Ridge on one centred feature: w = x.y / (x.x + alpha)', async () => {
  const model = await new Ridge({ alpha: 2 }).fit([[-1], [0], [1]], [-2, 0, 2]);
  expect((model.coef_ as Float64Array)[0]).toBeCloseTo(1, 12);
  expect(model.intercept_).toBeCloseTo(0, 12);
  expect(model.solver_).toBe('cholesky');
  expect(model.nIter_).toBeNull();
});

const SOLVERS: readonly RidgeParams['solver'][] = ['svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga', 'lbfgs'];

for (const solver of SOLVERS) {
  test(`Ridge, ${solver}: the gradient of the objective is zero, or points out of the bounds`, async () => {
    const positive = solver === 'lbfgs';
    const number = fc.integer({ min: -20, max: 20 }).map(value => value / 4);
    const row = fc.tuple(number, number, number);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 9 }), async rows => {
        const X = rows.map(([a, b]) => [a, b]);
        const y = rows.map(([, , value]) => value);
        const weights = rows.map((_, i) => 1 + (i % 3));
        const params = { alpha: 0.5, solver, positive, tol: 1e-12, maxIter: 50000, randomState: 0 };
        const model = await new Ridge(params).fit(X, y, { sampleWeight: weights });
        const predicted = (await model.predict(X)) as Float64Array;
        (model.coef_ as Float64Array).forEach((w, j) => {
          const pull = X.reduce((sum, x, i) => sum + weights[i]! * x[j]! * (predicted[i]! - y[i]!), 0.5 * w);
          if (positive && w === 0) expect(pull).toBeGreaterThan(-1e-4);
          else expect(Math.abs(pull)).toBeLessThan(1e-4);
        });
      }),
      { seed: 3, numRuns: 12 },
    );
  });
}

test('Ridge with more features than samples gives what the augmented samples give', async () => {
  const X = [
    [1, 2, 0, -1],
    [0, 1, 3, 1],
  ];
  const y = [2, -1];
  const wide = await new Ridge({ alpha: 4, fitIntercept: false }).fit(X, y);
  // alpha |w|² is the squared error of four more samples: 2 w_j should be 0.
  const augmented = [...X, ...[0, 1, 2, 3].map(j => [0, 1, 2, 3].map(k => (j === k ? 2 : 0)))];
  const tall = await new Ridge({ alpha: 0, fitIntercept: false, solver: 'svd' }).fit(augmented, [...y, 0, 0, 0, 0]);
  (wide.coef_ as Float64Array).forEach((w, j) => {
    expect(w).toBeCloseTo((tall.coef_ as Float64Array)[j]!, 12);
  });
});

test('Ridge takes one alpha per target', async () => {
  const model = await new Ridge({ alpha: [0, 2] }).fit(
    [[-1], [1]],
    [
      [-1, -1],
      [1, 1],
    ],
  );
  expect((model.coef_ as Matrix).get(0, 0)).toBeCloseTo(1, 12);
  expect((model.coef_ as Matrix).get(1, 0)).toBeCloseTo(0.5, 12);
});

test('Ridge with alpha 0 on collinear features falls back to the least norm', async () => {
  const model = await new Ridge({ alpha: 0 }).fit(
    [
      [1, 1],
      [2, 2],
      [4, 4],
    ],
    [1, 2, 4],
  );
  expect(model.solver_).toBe('svd');
  expect((model.coef_ as Float64Array)[0]).toBeCloseTo(0.5, 12);
});

test('Ridge refuses values that overflow, with every solver', async () => {
  const X = [
    [1e308, 1],
    [-1e308, 0],
    [1.5e308, 2],
    [-1.1e308, 1],
  ];
  for (const solver of SOLVERS) {
    const params = { solver, positive: solver === 'lbfgs', randomState: 0 };
    const fit = captureWarnings(() => new Ridge(params).fit(X, [0, 1, 1, 0]).then(() => {}));
    await expect(fit, String(solver)).rejects.toThrow(/^Cannot fit Ridge: .*overflow/);
  }
});

test('Ridge refuses what does not go together', async () => {
  const attempt = (params: Partial<RidgeParams>) => new Ridge(params).fit([[1], [2]], [1, 2]);
  await expect(attempt({ positive: true, solver: 'svd' })).rejects.toThrow(
    "Cannot fit Ridge: solver must be 'auto' or 'lbfgs' where positive is true, received 'svd'",
  );
  await expect(attempt({ solver: 'lbfgs' })).rejects.toThrow(
    "Cannot fit Ridge: positive must be true for solver 'lbfgs', received false",
  );
  await expect(attempt({ alpha: [1, 2] })).rejects.toThrow(
    'Cannot fit Ridge: alpha must be a number or one per target (1), received 2 numbers',
  );
  expect(() => new Ridge({ alpha: -1 })).toThrow(
    'Cannot make Ridge: alpha must be a number >= 0 or a list, each a number >= 0, received -1',
  );
});
