import { expect, test } from 'vitest';
import { CsrMatrix, Matrix } from '../../src/array/index.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { LogisticRegression, type LogisticRegressionParams } from '../../src/linear-model/index.ts';
import { RandomState } from '../../src/random/index.ts';

/** Overlapping clouds, one per class. */
function clouds(classes: number, rows = 60, seed = 0): { X: number[][]; y: number[] } {
  const random = new RandomState(seed);
  const y = Array.from({ length: rows }, (_, i) => i % classes);
  return { X: y.map(k => [k + random.standardNormal(), random.standardNormal() - k, random.standardNormal()]), y };
}

/** The gradient of `C * sum of losses` by coefficients and intercepts, per output. */
async function lossGradient(model: LogisticRegression, X: number[][], y: number[]): Promise<Matrix> {
  const p = (await model.predictProba(X)) as Matrix;
  const outputs = model.coef_.rows;
  const gradient = Matrix.zeros(outputs, X[0]!.length + 1);
  X.forEach((row, i) => {
    for (let k = 0; k < outputs; k++) {
      const column = outputs === 1 ? 1 : k;
      const residual = model.params.C * (p.get(i, column) - (y[i] === column ? 1 : 0));
      [...row, 1].forEach((value, j) => {
        gradient.set(k, j, gradient.get(k, j) + residual * value);
      });
    }
  });
  return gradient;
}

const L2: readonly (readonly [LogisticRegressionParams['solver'], number])[] = [
  ['lbfgs', 1e-4],
  ['newton-cg', 1e-7],
  ['newton-cholesky', 1e-7],
  ['sag', 1e-6],
  ['saga', 1e-6],
];

for (const [solver, accuracy] of L2) {
  for (const classes of [2, 3]) {
    test(`LogisticRegression, ${solver}, ${classes} classes: the gradient of the objective is zero`, async () => {
      const { X, y } = clouds(classes);
      const params = { solver, tol: 1e-10, maxIter: 20000, randomState: 0, C: 0.7 };
      const model = await new LogisticRegression(params).fit(X, y);
      const gradient = await lossGradient(model, X, y);
      model.coef_.toArray().forEach((row, k) => {
        row.forEach((w, j) => {
          expect(Math.abs(gradient.get(k, j) + w)).toBeLessThan(accuracy);
        });
        expect(Math.abs(gradient.get(k, row.length))).toBeLessThan(accuracy);
      });
    });
  }
}

test('LogisticRegression, liblinear: the intercept is penalised, over interceptScaling squared', async () => {
  const { X, y } = clouds(2);
  for (const dual of [false, true]) {
    const params = {
      solver: 'liblinear',
      tol: 1e-9,
      maxIter: 5000,
      interceptScaling: 2,
      dual,
      randomState: 0,
    } as const;
    const model = await new LogisticRegression(params).fit(X, y);
    const gradient = await lossGradient(model, X, y);
    model.coef_.row(0).forEach((w, j) => {
      expect(Math.abs(gradient.get(0, j) + w)).toBeLessThan(1e-5);
    });
    expect(Math.abs(gradient.get(0, 3) + model.intercept_[0]! / 4)).toBeLessThan(1e-5);
  }
});

for (const [solver, l1Ratio] of [
  ['liblinear', 1],
  ['saga', 1],
  ['saga', 0.4],
] as const) {
  test(`LogisticRegression, ${solver}, l1Ratio ${l1Ratio}: zero lies in the subgradient of each coefficient`, async () => {
    const { X, y } = clouds(2);
    const params = { solver, l1Ratio, C: 0.1, tol: 1e-10, maxIter: 20000, randomState: 0 };
    const model = await new LogisticRegression(params).fit(X, y);
    const gradient = await lossGradient(model, X, y);
    const w = model.coef_.row(0);
    w.forEach((value, j) => {
      const smooth = gradient.get(0, j) + (1 - l1Ratio) * value;
      const violation =
        value === 0 ? Math.max(0, Math.abs(smooth) - l1Ratio) : Math.abs(smooth + l1Ratio * Math.sign(value));
      expect(violation).toBeLessThan(1e-5);
    });
    expect(w.some(value => value === 0)).toBe(true);
  });
}

test('LogisticRegression on two points at -1 and 1: w solves w = 2 C / (1 + exp(w))', async () => {
  const { coef_, intercept_ } = await new LogisticRegression({ solver: 'newton-cholesky', tol: 1e-12 }).fit(
    [[-1], [1]],
    ['a', 'b'],
  );
  const w = coef_.get(0, 0);
  expect(w).toBeCloseTo(2 / (1 + Math.exp(w)), 12);
  expect(intercept_[0]).toBeCloseTo(0, 12);
});

test('LogisticRegression without penalty reproduces the odds of a table of counts', async () => {
  // 1 of 4 at x = 0, 3 of 4 at x = 1: log odds -log 3 and log 3.
  const X = [0, 0, 0, 0, 1, 1, 1, 1].map(value => [value]);
  const y = [0, 0, 0, 1, 0, 1, 1, 1];
  for (const solver of ['lbfgs', 'newton-cg', 'newton-cholesky'] as const) {
    const model = await new LogisticRegression({ C: Infinity, solver, tol: 1e-9 }).fit(X, y);
    expect(model.intercept_[0]).toBeCloseTo(-Math.log(3), 6);
    expect(model.coef_.get(0, 0)).toBeCloseTo(2 * Math.log(3), 6);
  }
});

test('LogisticRegression, 3 classes: coefficients and intercepts sum to zero over the classes', async () => {
  const { X, y } = clouds(3);
  for (const solver of ['lbfgs', 'newton-cholesky'] as const) {
    const { coef_, intercept_ } = await new LogisticRegression({ solver }).fit(X, y);
    for (let j = 0; j < 3; j++) expect(coef_.column(j).reduce((sum, w) => sum + w, 0)).toBeCloseTo(0, 8);
    expect(intercept_.reduce((sum, b) => sum + b, 0)).toBeCloseTo(0, 8);
  }
});

test('LogisticRegression: class weights are sample weights, and weight 2 is the sample twice', async () => {
  const { X, y } = clouds(2, 31);
  const exact = { solver: 'newton-cholesky', tol: 1e-12 } as const;
  const byClass = await new LogisticRegression({ ...exact, classWeight: [[1, 2]] }).fit(X, y);
  const bySample = await new LogisticRegression(exact).fit(X, y, { sampleWeight: y.map(k => 1 + k) });
  const doubled = [...X, ...X.filter((_, i) => y[i] === 1)];
  const byCopy = await new LogisticRegression(exact).fit(doubled, [...y, ...y.filter(k => k === 1)]);
  bySample.coef_.data.forEach((w, j) => {
    expect(byClass.coef_.data[j]).toBe(w);
    expect(byCopy.coef_.data[j]).toBeCloseTo(w, 10);
  });
});

test('LogisticRegression: decisionFunction is the log odds of predictProba, and predict its sign', async () => {
  const { X, y } = clouds(2);
  const labels = y.map(k => (k === 1 ? 'yes' : 'no'));
  const model = await new LogisticRegression().fit(X, labels);
  const scores = (await model.decisionFunction(X)) as Float64Array;
  const p = (await model.predictProba(X)) as Matrix;
  const predicted = await model.predict(X);
  scores.forEach((score, i) => {
    expect(Math.log(p.get(i, 1) / p.get(i, 0))).toBeCloseTo(score, 9);
    expect(predicted[i]).toBe(score > 0 ? 'yes' : 'no');
  });
});

test('LogisticRegression: a warm start at the optimum takes no iteration', async () => {
  const { X, y } = clouds(3);
  const first = await new LogisticRegression({ tol: 1e-6, maxIter: 1000 }).fit(X, y);
  const second = await new LogisticRegression({ tol: 1e-5 }).fit(X, y, { warmStartFrom: first });
  expect(Array.from(second.nIter_)).toEqual([0]);
  expect(second.coef_.data).toEqual(first.coef_.data);
});

test('LogisticRegression that is stopped early warns how to mend it', async () => {
  const { X, y } = clouds(2);
  const { warnings } = await captureWarnings(() => new LogisticRegression({ maxIter: 2 }).fit(X, y).then(() => {}));
  expect(warnings).toEqual([
    {
      kind: 'convergence',
      source: 'LogisticRegression',
      message:
        "solver 'lbfgs' stopped at iteration 2 before it met tol (0.0001); scale the features, e.g. with StandardScaler, or raise maxIter (2)",
    },
  ]);
});

test('LogisticRegression refuses what a solver cannot do', async () => {
  const { X, y } = clouds(3);
  const two = y.map(k => Number(k > 0));
  const message = (params: Partial<LogisticRegressionParams>, target: number[]) =>
    new LogisticRegression(params).fit(X, target).then(
      () => 'no error',
      (error: Error) => error.message,
    );
  expect(await message({ l1Ratio: 1 }, two)).toBe(
    "Cannot fit LogisticRegression: l1Ratio must be 0 for solver 'lbfgs', received l1Ratio 1; use solver 'saga'",
  );
  expect(await message({ solver: 'liblinear' }, y)).toBe(
    "Cannot fit LogisticRegression: y must have 2 classes for solver 'liblinear', received 3 classes; use another solver, e.g. 'lbfgs'",
  );
  expect(await message({ solver: 'liblinear', C: Infinity }, two)).toBe(
    "Cannot fit LogisticRegression: C must be finite for solver 'liblinear', received C Infinity; use solver 'lbfgs'",
  );
  expect(await message({ dual: true }, two)).toBe(
    "Cannot fit LogisticRegression: dual must be false for solver 'lbfgs', received dual true; use solver 'liblinear'",
  );
  expect(
    await message(
      {},
      y.map(() => 1),
    ),
  ).toBe('Cannot fit LogisticRegression: y must have at least 2 classes, received 1 class');
});

test('LogisticRegression refuses values that overflow, with every solver', async () => {
  const X = [[1e308], [-1e308], [1e308], [-1.1e308]];
  for (const solver of ['lbfgs', 'liblinear', 'newton-cg', 'newton-cholesky', 'sag', 'saga'] as const) {
    const fit = captureWarnings(() =>
      new LogisticRegression({ solver, randomState: 0 }).fit(X, [0, 1, 1, 0]).then(() => {}),
    );
    await expect(fit).rejects.toThrow(/^Cannot fit LogisticRegression: .*overflow/);
  }
});

test('LogisticRegression learns the same from sparse samples as from dense ones, with every solver', async () => {
  for (const classes of [2, 3]) {
    const { X, y } = clouds(classes);
    const dense = Matrix.fromRows(
      X.map(row => row.map((value, j) => ((Math.round(8 * value) + j) % 3 === 0 ? 0 : value))),
    );
    const sparse = CsrMatrix.fromDense(dense);
    for (const solver of ['lbfgs', 'newton-cg', 'newton-cholesky', 'sag', 'saga', 'liblinear'] as const) {
      if (solver === 'liblinear' && classes > 2) continue;
      for (const fitIntercept of [true, false]) {
        const make = () => new LogisticRegression({ solver, fitIntercept, tol: 1e-9, maxIter: 2000, randomState: 0 });
        const [a, b] = [await make().fit(dense, y), await make().fit(sparse, y)];
        for (const [i, w] of b.coef_.data.entries()) expect(w).toBeCloseTo(a.coef_.data[i]!, 6);
        for (const [i, w] of b.intercept_.entries()) expect(w).toBeCloseTo(a.intercept_[i]!, 6);
        // Scores of the same weights differ by the order of their sums alone.
        const [p, q] = [(await b.predictProba(dense)) as Matrix, (await b.predictProba(sparse)) as Matrix];
        for (const [i, value] of q.data.entries()) expect(value).toBeCloseTo(p.data[i]!, 12);
      }
    }
  }
});

test('LogisticRegression names the place of a sparse value that overflows', async () => {
  const X = CsrMatrix.fromDense(
    Matrix.fromRows([
      [0, 1],
      [1, 0],
      [0, 1e200],
    ]),
  );
  await expect(new LogisticRegression().fit(X, [0, 1, 1])).rejects.toThrow(
    'Cannot fit LogisticRegression: X must lie within ±1e+150, so that no sum of squares overflows, received 1e+200 at row 2, column 1; scale it, e.g. with StandardScaler',
  );
});
