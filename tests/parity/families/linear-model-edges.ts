import { CsrMatrix, Matrix } from '../../../src/array/index.ts';
import { LinearRegression, LogisticRegression, Ridge } from '../../../src/linear-model/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { twinCase } from '../twin.ts';

/** Linear models where the data or the parameters are odd: few samples, repeated rows, constant targets, no penalty. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [
    ...times(30, leastSquares),
    ...times(40, ridge),
    ...times(40, logistic),
    ...times(20, logisticSparse),
    ...times(20, unpenalised),
    ...times(30, liblinear),
    ...times(20, stopped),
    ...times(20, cutOff),
  ].map(item => ({ ...item, liveOnly: true }));
}

type Table = number[][];

/** @param far how far the features of some tables lie from zero */
function oddTable(draw: Draw, far = 20): Table {
  const [rows, columns] = [draw.choice([2, 3, 6, 12, 25]), draw.integer(1, 8)];
  const kind = draw.choice(['plain', 'repeated', 'lattice', 'constant', 'zero', 'scaled', 'far']);
  const X = kind === 'lattice' ? draw.integerTable(rows, columns, -2, 2) : draw.normal(rows, columns);
  // Of a few equal rows, centring leaves rounding alone.
  if (kind === 'repeated' && rows > 2 * columns + 2) return X.map((row, i) => (i % 2 === 0 ? row : X[i - 1]!));
  if (kind === 'constant') return draw.withConstant(X);
  if (kind === 'zero') return draw.withConstant(X, 0);
  if (kind === 'far') return X.map(row => row.map(value => value + far));
  return kind === 'scaled' ? X.map(row => row.map((value, j) => value * [1, 100, 0.01][j % 3]!)) : X;
}

function numbersFor(draw: Draw, X: Table, targets: number): number[] | Table {
  const one = () =>
    draw.choice([() => draw.targetOf(X), () => X.map(() => 2.5), () => draw.integers(X.length, 0, 3)])();
  if (targets === 0) return one();
  const columns = Array.from({ length: targets }, one);
  return X.map((_, i) => columns.map(column => column[i]!));
}

function oddWeights(draw: Draw, rows: number): number[] | undefined {
  return draw.choice([
    undefined,
    undefined,
    draw.weights(rows),
    draw.weights(rows).map(weight => weight * 1e-6),
    draw.weights(rows).map(weight => weight * 1e6),
    draw.integers(rows, 1, 4),
    rows > 8 ? draw.weights(rows, 0.3).with(0, 1) : undefined,
  ]);
}

/** Mostly zeros, some rows and columns of nothing else. */
function logisticSparse(draw: Draw): Case {
  const [rows, columns, classes] = [draw.choice([10, 40]), draw.integer(1, 30), draw.integer(2, 4)];
  const X = draw.normal(rows, columns).map(row => row.map(value => (draw.bool(0.8) ? 0 : value)));
  const y = X.map((_, i) => (i < classes ? i : draw.integer(0, classes - 1)));
  const solver = draw.choice(['lbfgs', 'newton-cg', 'newton-cholesky'] as const);
  const params = { solver, C: draw.choice([1, 0.1, 10]), fitIntercept: draw.bool(0.7), tol: 1e-8, maxIter: 2000 };
  const samples = CsrMatrix.fromDense(Matrix.fromRows(X));
  const { C, fitIntercept: fit_intercept, tol, maxIter: max_iter } = params;
  return {
    name: 'LogisticRegression on sparse samples',
    class: 'B',
    // lbfgs stops where the loss moves by 64 roundings: the scores are as exact as their root.
    tolerance: 1e-5,
    floor: 1,
    oracle: {
      fit: 'linear_model.LogisticRegression',
      params: { solver, C, fit_intercept, tol, max_iter },
      ...{ X: { $csr: X }, y, get: ['coef_', 'intercept_'] },
      calls: [
        ['decision_function', { $csr: X }],
        ['predict_proba', { $csr: X }],
      ],
    },
    ours: async () => {
      const model = await new LogisticRegression(params).fit(samples, y);
      return [model.coef_, model.intercept_, await model.decisionFunction(samples), await model.predictProba(samples)];
    },
  };
}

function leastSquares(draw: Draw): Case {
  const positive = draw.bool(0.3);
  // Where features outnumber samples, many solutions without negative coefficients are equally good.
  const X = positive ? draw.normal(12, draw.integer(1, 5)) : oddTable(draw);
  const y = numbersFor(draw, X, draw.choice([0, 0, 1, 2]));
  const params = { fitIntercept: draw.bool(0.7), positive, tol: draw.choice([1e-6, 1e-6, 1e-2]) };
  return twinCase(
    { name: 'LinearRegression, odd data', class: 'A', tolerance: 1e-7, expectError: 'alike' },
    {
      ...{ Class: LinearRegression, path: 'linear_model.LinearRegression', params, X, y },
      pythonParams: { tol: { $float: params.tol } },
      sampleWeight: oddWeights(draw, X.length),
      get: ['intercept_'],
      calls: [['predict', X]],
    },
  );
}

/** Singular values cut off at every share of the largest, in features of full rank. */
function cutOff(draw: Draw): Case {
  const X = draw.normal(20, draw.integer(2, 6));
  const tol = draw.choice([0, 0.3, 0.6, 0.9, 1, 3, 1e300]);
  const params = { fitIntercept: draw.bool(), tol };
  return twinCase(
    { name: 'LinearRegression, any tol', class: 'A' },
    {
      ...{ Class: LinearRegression, path: 'linear_model.LinearRegression', params, X, y: draw.normals(20) },
      pythonParams: { tol: { $float: tol } },
      get: ['coef_', 'rank_', 'singular_'],
      calls: [['predict', X]],
    },
  );
}

function ridge(draw: Draw): Case {
  const X = oddTable(draw);
  const targets = draw.choice([0, 0, 2, 3]);
  const y = numbersFor(draw, X, targets);
  const solver = draw.choice(['auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'lbfgs'] as const);
  const positive = solver === 'lbfgs' || (solver === 'auto' && draw.bool(0.2));
  const alpha = targets > 0 && draw.bool() ? draw.uniforms(targets, 0.1, 9) : draw.choice([1e-3, 1, 1e4]);
  const isDirect = !positive && (solver === 'auto' || solver === 'svd' || solver === 'cholesky');
  const params = {
    alpha,
    fitIntercept: draw.bool(0.7),
    solver,
    positive,
    tol: isDirect ? 1e-4 : 1e-14,
    maxIter: 50000,
  };
  return twinCase(
    {
      name: `Ridge, odd data, ${isDirect ? 'direct' : 'iterative'}`,
      class: isDirect ? 'A' : 'B',
      tolerance: isDirect ? 1e-6 : 1e-5,
      floor: 1,
      expectError: 'alike',
    },
    {
      ...{ Class: Ridge, path: 'linear_model.Ridge', params, X, y },
      sampleWeight: oddWeights(draw, X.length),
      get: ['coef_', 'intercept_', 'solver_'],
      calls: [['predict', X]],
    },
  );
}

const NAMES: readonly (readonly (string | number | boolean)[])[] = [
  [false, true],
  [-1, 1],
  [0, 5],
  ['b', 'a'],
  ['x', 'z', 'y'],
  [2, -3, 0.5 * 2],
  [10, 9, 8, 7, 6],
];

function classes(draw: Draw, X: Table, most = 5) {
  const names = draw.choice(NAMES.filter(list => list.length <= Math.min(most, X.length)));
  const y = draw.bool() ? draw.labelsOf(X, names, 0.5) : draw.labels(X.length, names);
  const classWeight = draw.choice<unknown>([
    null,
    null,
    'balanced',
    [[names[0]!, 3]],
    names.map((name, k) => [name, k + 0.5]),
  ]);
  return { names, y, classWeight };
}

const QUESTIONS = ['decisionFunction', 'predictProba', 'predictLogProba'] as const;

/**
 * Solvers that do not centre X: farther from zero, one bit of X moves scikit-learn's own coefficients by more than the
 * tolerance, as it does where lbfgs works on weights of 1000, which leave next to no penalty.
 */
const NEAR = 2;

function logistic(draw: Draw): Case {
  const X = oddTable(draw, NEAR);
  const { y, classWeight } = classes(draw, X);
  const params = {
    ...{ solver: draw.choice(['lbfgs', 'newton-cg', 'newton-cholesky'] as const), C: draw.choice([1, 1e-3, 1, 50]) },
    ...{ fitIntercept: draw.bool(0.7), classWeight, tol: 1e-10, maxIter: 3000 },
  };
  const heaviest = params.solver === 'lbfgs' ? 10 : 1000;
  return twinCase(
    {
      name: 'LogisticRegression, odd data',
      class: 'B',
      tolerance: params.solver === 'lbfgs' ? 1e-3 : 1e-6,
      floor: 1,
      expectError: 'alike',
    },
    {
      ...{ Class: LogisticRegression, path: 'linear_model.LogisticRegression', params, X, y },
      sampleWeight: oddWeights(draw, X.length)?.map(w => Math.min(heaviest, Math.max(1e-4, w))),
      get: ['classes_', 'coef_', 'intercept_'],
      calls: QUESTIONS.map(method => [method, X]),
    },
  );
}

/** Classes that overlap, so that an optimum exists without a penalty. */
function unpenalised(draw: Draw): Case {
  const X = draw.normal(draw.integer(40, 80), draw.integer(1, 3));
  const y = draw.labels(X.length, draw.choice(NAMES.filter(list => list.length <= 3)));
  const solver = draw.choice(['lbfgs', 'newton-cg', 'newton-cholesky', 'sag', 'saga'] as const);
  const params = {
    C: Infinity,
    solver,
    fitIntercept: draw.bool(0.7),
    tol: solver.startsWith('sag') ? 1e-12 : 1e-10,
    maxIter: 100000,
    randomState: draw.seed(),
  };
  return twinCase(
    { name: 'LogisticRegression without penalty', class: 'B', tolerance: solver === 'lbfgs' ? 1e-3 : 1e-5, floor: 1 },
    {
      ...{ Class: LogisticRegression, path: 'linear_model.LogisticRegression', params, X, y },
      pythonParams: { C: { $number: 'Infinity' } },
      calls: [['predictProba', X]],
    },
  );
}

function liblinear(draw: Draw): Case {
  const X = oddTable(draw, NEAR);
  const { y, classWeight } = classes(draw, X, 2);
  const l1Ratio = draw.choice([0, 0, 1]);
  const params = {
    ...{ solver: 'liblinear', l1Ratio, dual: l1Ratio === 0 && draw.bool(), C: draw.choice([1, 0.01, 20]), classWeight },
    ...{ fitIntercept: draw.bool(0.7), interceptScaling: draw.choice([1, 0.1, 10]), randomState: draw.seed() },
    ...{ tol: draw.choice([1e-4, 1e-2, 1e-6]), maxIter: draw.choice([1000, 1, 5]) },
  };
  return twinCase(
    {
      name: 'LogisticRegression, liblinear, odd data',
      // Newton's method draws nothing: where it fails, scikit-learn's own moves are told.
      class: l1Ratio === 0 && !params.dual ? 'B' : 'D',
      tolerance: 1e-7,
      floor: 1,
      expectError: 'alike',
    },
    {
      ...{ Class: LogisticRegression, path: 'linear_model.LogisticRegression', params, X, y },
      // Of smaller weights, the last decreases of the loss are rounding, and decide how many steps are counted.
      sampleWeight: oddWeights(draw, X.length)?.map(w => Math.max(1e-4, w)),
      get: ['classes_', 'coef_', 'nIter_'],
      calls: [...QUESTIONS.map(method => [method, X] as const), ['predict', X]],
    },
  );
}

/** Where the tolerance or the limit stops a solver, both have gone the same way. */
function stopped(draw: Draw): Case {
  const plain = draw.normal(draw.integer(30, 60), draw.integer(2, 5));
  const { y, classWeight } = classes(draw, plain);
  const solver = draw.choice(['newton-cg', 'newton-cholesky', 'lbfgs', 'sag', 'saga'] as const);
  // On scales of 1e4, conjugate gradients turn one bit of X into the fourth digit of scikit-learn's own coefficients.
  const X = solver === 'newton-cg' ? plain : draw.withScales(plain);
  const params = {
    solver,
    maxIter: draw.integer(1, 4),
    classWeight,
    randomState: draw.seed(),
    tol: draw.choice([1e-4, 0.1]),
  };
  return twinCase(
    { name: 'LogisticRegression, stopped early', class: 'B', tolerance: 1e-6, floor: 1 },
    {
      ...{ Class: LogisticRegression, path: 'linear_model.LogisticRegression', params, X, y },
      get: ['coef_', 'nIter_'],
    },
  );
}
