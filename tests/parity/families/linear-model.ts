import { LinearRegression } from '../../../src/linear-model/linear-regression.ts';
import { LogisticRegression, type LogisticRegressionParams } from '../../../src/linear-model/logistic-regression.ts';
import { Ridge, type RidgeParams } from '../../../src/linear-model/ridge.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

export function cases(draw: Draw): Case[] {
  const many = (count: number, make: (draw: Draw) => Case) =>
    Array.from({ length: count }, (_, i) => ({ ...make(draw), liveOnly: i >= GOLDEN_CASES }));
  return [
    ...many(24, leastSquares),
    ...many(6, badlyScaled),
    ...many(8, nonNegative),
    ...many(24, directRidge),
    ...many(18, iterativeRidge),
    ...many(8, stochasticRidge),
    ...many(30, logisticOptimum),
    ...many(16, logisticAsConfigured),
    ...many(18, liblinear),
    ...many(10, stochasticLogistic),
    ...refusals(draw),
  ];
}

/** So many cases of each kind are kept as goldens. */
const GOLDEN_CASES = 6;

type Table = number[][];
type Params = Record<string, unknown>;

interface Regression {
  readonly X: Table;
  readonly y: number[] | Table;
  readonly weights: number[] | undefined;
}

/** Features in every difficult shape that a closed form has to stand. */
function features(draw: Draw, rows: number, columns: number): Table {
  const X = draw.normal(rows, columns);
  const shape = draw.choice(['plain', 'plain', 'collinear', 'constant', 'offset']);
  if (shape === 'collinear') return draw.withCollinear(X);
  if (shape === 'constant') return draw.withConstant(X);
  return shape === 'offset' ? X.map(row => row.map(value => value + 30)) : X;
}

function regression(draw: Draw, X: Table, targets: number = draw.choice([0, 0, 1, 3])): Regression {
  const y = targets === 0 ? draw.targetOf(X) : transpose(Array.from({ length: targets }, () => draw.targetOf(X)));
  // With few samples left, scikit-learn would count the rounding of its centring as rank.
  const zeros = X.length < 30 ? 0 : draw.choice([0, 0.2]);
  return { X, y, weights: draw.bool() ? draw.weights(X.length, zeros) : undefined };
}

function transpose(rows: Table): Table {
  return rows[0]!.map((_, j) => rows.map(row => row[j]!));
}

/** The fitted attributes, then the predictions on the training data. */
function asked(params: Params, name: string, { X, y, weights }: Regression, get: readonly string[]) {
  const kwargs = weights === undefined ? {} : { fit_kwargs: { sample_weight: weights } };
  return { fit: `linear_model.${name}`, params, X, y, ...kwargs, get, calls: [['predict', X]] as const };
}

function leastSquares(draw: Draw): Case {
  const [rows, columns] = [draw.choice([4, 9, 30, 80]), draw.integer(1, 6)];
  const data = regression(draw, features(draw, rows, columns));
  return leastSquaresCase('LinearRegression', data, draw.bool(0.8), 1e-9);
}

/** Columns of sizes 1e-3 to 1e4: condition numbers up to 1e7 leave the two programs nine digits less those seven. */
function badlyScaled(draw: Draw): Case {
  const data = regression(draw, draw.withScales(draw.normal(40, draw.integer(2, 6))));
  return leastSquaresCase('LinearRegression, badly scaled', data, draw.bool(0.8), 1e-7);
}

function leastSquaresCase(name: string, data: Regression, fitIntercept: boolean, tolerance: number): Case {
  return {
    ...{ name, class: 'A', tolerance },
    oracle: asked({ fit_intercept: fitIntercept }, 'LinearRegression', data, [
      'coef_',
      'intercept_',
      'rank_',
      'singular_',
    ]),
    ours: async () => {
      const model = await new LinearRegression({ fitIntercept }).fit(data.X, data.y, { sampleWeight: data.weights });
      return [model.coef_, model.intercept_, model.rank_, model.singular_, await model.predict(data.X)];
    },
  };
}

function nonNegative(draw: Draw): Case {
  const data = regression(draw, draw.normal(draw.integer(10, 40), draw.integer(1, 6)));
  const fitIntercept = draw.bool();
  return {
    name: 'LinearRegression, positive',
    class: 'A',
    oracle: asked({ fit_intercept: fitIntercept, positive: true }, 'LinearRegression', data, ['coef_', 'intercept_']),
    ours: async () => {
      const model = new LinearRegression({ fitIntercept, positive: true });
      await model.fit(data.X, data.y, { sampleWeight: data.weights });
      return [model.coef_, model.intercept_, await model.predict(data.X)];
    },
  };
}

/** scikit-learn drops the column of a one-column target in Ridge, so that none is drawn here. */
function directRidge(draw: Draw): Case {
  const [rows, columns] = draw.choice([
    [30, 4],
    [60, 6],
    [5, 9],
    [12, 1],
  ] as const);
  const targets = draw.choice([0, 3]);
  const data = regression(draw, features(draw, rows, columns), targets);
  const alpha = targets > 0 && draw.bool() ? draw.uniforms(targets, 0.1, 5) : draw.choice([1, 0.1, 37.5]);
  const [fitIntercept, solver] = [draw.bool(0.8), draw.choice(['auto', 'svd', 'cholesky'])];
  return ridgeCase('Ridge, direct solvers', 'A', data, { alpha, fitIntercept, solver }, [
    'coef_',
    'intercept_',
    'solver_',
  ]);
}

/** The step size of sag and saga knows nothing of weights: above 1 they may make it diverge. */
function light<D extends { readonly weights: number[] | undefined }>(data: D): D {
  return { ...data, weights: data.weights?.map(weight => weight / 3) };
}

function iterativeRidge(draw: Draw): Case {
  const [rows, columns] = draw.choice([
    [30, 4],
    [60, 6],
    [6, 9],
  ] as const);
  const data = light(regression(draw, draw.normal(rows, columns), draw.choice([0, 2])));
  const solver = draw.choice(['lsqr', 'sparse_cg', 'lbfgs', 'sag', 'saga']);
  const params: Partial<RidgeParams> = {
    ...{ alpha: draw.choice([1, 0.5, 20]), fitIntercept: draw.bool(0.8), solver, positive: solver === 'lbfgs' },
    ...{ tol: solver === 'lbfgs' ? 1e-15 : 1e-13, maxIter: 20000, randomState: draw.seed() },
  };
  return ridgeCase('Ridge, iterative solvers', 'B', data, params, ['coef_', 'intercept_']);
}

/** Same seed, same steps: the numbers agree long before the optimum is reached. */
function stochasticRidge(draw: Draw): Case {
  const data = light(regression(draw, draw.normal(draw.integer(10, 60), draw.integer(1, 6)), draw.choice([0, 2])));
  const params: Partial<RidgeParams> = {
    ...{ alpha: draw.choice([1, 0.5, 20]), fitIntercept: draw.bool(), solver: draw.choice(['sag', 'saga']) },
    ...{ tol: draw.choice([1e-2, 1e-4]), maxIter: draw.choice([null, 3]), randomState: draw.seed() },
  };
  return ridgeCase('Ridge, sag and saga as seeded', 'D', data, params, ['coef_', 'intercept_', 'n_iter_']);
}

function ridgeCase(
  name: string,
  kind: Case['class'],
  data: Regression,
  params: Partial<RidgeParams>,
  get: readonly ('coef_' | 'intercept_' | 'solver_' | 'n_iter_')[],
): Case {
  return {
    name,
    class: kind,
    // Predictions near zero are differences of larger numbers.
    ...(kind === 'B' ? { floor: 1 } : {}),
    oracle: asked(snake(params), 'Ridge', data, get),
    ours: async () => {
      const model = await new Ridge(params).fit(data.X, data.y, { sampleWeight: data.weights });
      const learned = {
        coef_: model.coef_,
        intercept_: model.intercept_,
        solver_: model.solver_,
        n_iter_: model.nIter_,
      };
      return [...get.map(attribute => learned[attribute]), await model.predict(data.X)];
    },
  };
}

function snake(params: object): Params {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/^_c$/, 'C'),
      value,
    ]),
  );
}

interface Classification {
  readonly X: Table;
  readonly y: readonly (string | number)[];
  readonly weights: number[] | undefined;
}

function classification(draw: Draw, classes = draw.choice([2, 2, 3, 5])): Classification {
  const X = draw.normal(draw.integer(30, 80), draw.integer(2, 5));
  const names = draw.bool() ? ['b', 'a', 'c', 'e', 'd'].slice(0, classes) : [3, -1, 0, 7, 12].slice(0, classes);
  const y = draw.labelsOf<string | number>(X, names, 0.6);
  return { X, y, weights: draw.bool(0.3) ? draw.weights(X.length, 0.1) : undefined };
}

/** Every solver at its own optimum. */
function logisticOptimum(draw: Draw): Case {
  const solver = draw.choice(['lbfgs', 'newton-cg', 'newton-cholesky', 'sag', 'saga', 'liblinear']);
  const data = light(classification(draw, solver === 'liblinear' ? 2 : undefined));
  const l1Ratio = solver === 'saga' ? draw.choice([0, 0.3, 1]) : solver === 'liblinear' ? draw.choice([0, 1]) : 0;
  const params: Partial<LogisticRegressionParams> = {
    ...{ C: draw.choice([1, 0.1, 5]), l1Ratio, fitIntercept: draw.bool(0.8), solver },
    ...{ tol: solver.startsWith('sag') ? 1e-12 : 1e-11, maxIter: 100000, randomState: draw.seed() },
    ...{ classWeight: draw.choice([null, 'balanced']), dual: solver === 'liblinear' && l1Ratio === 0 && draw.bool() },
  };
  // lbfgs stops where the loss moves by 64 roundings, which leaves the scores their root, 1e-7, over that of l2: the
  // optimum is asked of the second-order solver.
  const tolerance = solver === 'lbfgs' ? 1e-5 : 1e-6;
  const oracle = solver === 'lbfgs' ? { ...params, solver: 'newton-cholesky' } : params;
  return {
    ...logisticCase('LogisticRegression, optimum', 'B', data, params, withIntercept(params), oracle),
    tolerance,
  };
}

/** Every solver where its own tolerance or limit stops it. */
function logisticAsConfigured(draw: Draw): Case {
  const data = classification(draw);
  const names = [...new Set(data.y)];
  const params: Partial<LogisticRegressionParams> = {
    ...{ C: draw.choice([1, 0.01, 20]), fitIntercept: draw.bool(0.8) },
    ...{ solver: draw.choice(['lbfgs', 'lbfgs', 'newton-cg', 'newton-cholesky']), maxIter: draw.choice([100, 100, 4]) },
    ...{ classWeight: draw.choice([null, 'balanced', [[names[0]!, 2.5] as const]]) },
  };
  return logisticCase('LogisticRegression, as configured', 'B', data, params, ['coef_', 'intercept_', 'n_iter_']);
}

/** liblinear without an intercept says 0 in scikit-learn, and a list of one 0 here, as the other solvers do. */
function withIntercept({ solver, fitIntercept }: Partial<LogisticRegressionParams>): ('coef_' | 'intercept_')[] {
  return solver === 'liblinear' && !fitIntercept ? ['coef_'] : ['coef_', 'intercept_'];
}

function liblinear(draw: Draw): Case {
  const l1Ratio = draw.choice([0, 0, 1]);
  const params: Partial<LogisticRegressionParams> = {
    ...{ C: draw.choice([1, 0.05, 10]), l1Ratio, fitIntercept: draw.bool(0.8), solver: 'liblinear' },
    ...{ interceptScaling: draw.choice([1, 3.5]), dual: l1Ratio === 0 && draw.bool(), randomState: draw.seed() },
    ...{ tol: draw.choice([1e-4, 1e-2]), maxIter: draw.choice([100, 100, 3]) },
  };
  return logisticCase('LogisticRegression, liblinear as seeded', 'D', classification(draw, 2), params, [
    'n_iter_',
    ...withIntercept(params),
  ]);
}

function stochasticLogistic(draw: Draw): Case {
  const solver = draw.choice(['sag', 'saga']);
  const params: Partial<LogisticRegressionParams> = {
    ...{ C: draw.choice([1, 0.05, 10]), l1Ratio: solver === 'saga' ? draw.choice([0, 0.5, 1]) : 0, solver },
    ...{ fitIntercept: draw.bool(), randomState: draw.seed(), maxIter: draw.choice([100, 3]) },
  };
  return logisticCase('LogisticRegression, sag and saga as seeded', 'D', light(classification(draw)), params, [
    'coef_',
    'intercept_',
    'n_iter_',
  ]);
}

function logisticCase(
  name: string,
  kind: Case['class'],
  { X, y, weights }: Classification,
  params: Partial<LogisticRegressionParams>,
  get: readonly ('coef_' | 'intercept_' | 'n_iter_')[],
  theirs: object = params,
): Case {
  const { classWeight } = params;
  const class_weight = Array.isArray(classWeight) ? { $map: classWeight } : classWeight;
  const kwargs = weights === undefined ? {} : { fit_kwargs: { sample_weight: weights } };
  // Where the l1 penalty takes every coefficient of two classes, their scores tie but for rounding.
  const isTied = kind === 'B' && (params.l1Ratio ?? 0) > 0;
  const methods = ['decision_function', 'predict_proba', 'predict_log_proba', ...(isTied ? [] : ['predict'])] as const;
  return {
    name,
    class: kind,
    // Scores near the boundary are differences of larger ones.
    floor: 1,
    oracle: {
      ...{ fit: 'linear_model.LogisticRegression', params: { ...snake(theirs), class_weight }, X, y, ...kwargs },
      ...{ get, calls: methods.map(method => [method, X] as const) },
    },
    ours: async () => {
      const model = await new LogisticRegression(params).fit(X, [...y], { sampleWeight: weights });
      const learned = { coef_: model.coef_, intercept_: model.intercept_, n_iter_: model.nIter_ };
      const results = [model.decisionFunction(X), model.predictProba(X), model.predictLogProba(X)];
      const labels = isTied ? [] : [await model.predict(X)];
      return [...get.map(attribute => learned[attribute]), ...(await Promise.all<unknown>(results)), ...labels];
    },
  };
}

function refusals(draw: Draw): Case[] {
  const X = draw.normal(12, 2);
  const three = draw.labelsOf(X, [0, 1, 2]);
  const two = three.map(label => Number(label > 0));
  const of = (params: Partial<LogisticRegressionParams>, y: number[]): Case => ({
    name: 'LogisticRegression, refusals',
    class: 'A',
    expectError: true,
    oracle: { fit: 'linear_model.LogisticRegression', params: snake(params), X, y, get: ['coef_'] },
    ours: async () => (await new LogisticRegression(params).fit(X, y)).coef_,
  });
  return [
    of({ solver: 'liblinear' }, three),
    of({ solver: 'lbfgs', l1Ratio: 1 }, two),
    of({ solver: 'newton-cg', l1Ratio: 0.5 }, two),
    of({ solver: 'newton-cholesky', l1Ratio: 1 }, two),
    of({ solver: 'sag', l1Ratio: 0.2 }, three),
    of({ solver: 'liblinear', l1Ratio: 0.2 }, two),
    of({ solver: 'liblinear', C: Infinity }, two),
    of({ solver: 'liblinear', l1Ratio: 1, dual: true }, two),
    of({ solver: 'lbfgs', dual: true }, two),
    of(
      {},
      two.map(() => 1),
    ),
  ];
}
