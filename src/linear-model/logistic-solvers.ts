/** Each solver of LogisticRegression as a function of the same task. */
import { CsrMatrix, Matrix } from '../array/index.ts';
import type { FitContext } from '../core/index.ts';
import { RandomStream } from '../random/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import type { LiblinearProblem, LiblinearResult } from './liblinear/index.ts';
import type { LinearWeights } from './linear-scores.ts';
import { LogisticLoss, type Samples } from './logistic-loss.ts';
import { minimiseByLbfgs } from './minimise-by-lbfgs.ts';

/** What the default solver can do without is loaded by those that use it. */
const conjugateGradients = loadOnce(() => import('./newton-cg.ts'));
const newtonSteps = loadOnce(() => import('./newton-steps.ts'));
const stochasticGradients = loadOnce(() => import('./sag.ts'));
const liblinear = loadOnce(() => import('./liblinear/index.ts'));

export type LogisticSolver = 'lbfgs' | 'liblinear' | 'newton-cg' | 'newton-cholesky' | 'sag' | 'saga';

/** The parameters of LogisticRegression that its solvers read. */
export interface LogisticSettings {
  readonly C: number;
  readonly l1Ratio: number;
  readonly dual: boolean;
  readonly tol: number;
  readonly fitIntercept: boolean;
  readonly interceptScaling: number;
  readonly solver: LogisticSolver;
  readonly maxIter: number;
}

export interface LogisticTask<X extends Samples = Samples> {
  readonly X: X;
  /** Position of each sample's class. */
  readonly codes: Int32Array;
  /** 1 for two classes, otherwise one per class. */
  readonly outputs: number;
  /** Sample weight times class weight. */
  readonly weights: Float64Array;
  readonly start: LinearWeights;
  readonly params: LogisticSettings;
  readonly context: FitContext;
}

export interface LogisticSolution extends LinearWeights {
  readonly nIter: number;
  /** What to warn of, where the solver did not converge. */
  readonly problem: string | undefined;
}

type Solve = (task: LogisticTask) => Work<LogisticSolution>;

/** Those that are not said to be `dense` work on sparse samples as they are. */
export const LOGISTIC_SOLVERS: Readonly<Record<LogisticSolver, Solve>> = {
  lbfgs: task => onMeanLoss(task, solveLbfgs),
  liblinear: dense(solveLiblinear),
  'newton-cg': task => onMeanLoss(task, solveNewtonCg),
  'newton-cholesky': dense(task => onMeanLoss(task, solveNewtonCholesky)),
  sag: dense(task => solveSag(task, false)),
  saga: dense(task => solveSag(task, true)),
};

/** Expands sparse samples first. */
function dense(solve: (task: LogisticTask<Matrix>) => Work<LogisticSolution>): Solve {
  return task => solve({ ...task, X: task.X instanceof CsrMatrix ? task.X.toDense() : task.X });
}

/** The second derivative of a logistic loss by its score is at most this. */
const LOGISTIC_CURVATURE = 0.25;

function* solveLbfgs(task: LogisticTask, loss: LogisticLoss): Work<LogisticSolution> {
  const { tol, maxIter } = task.params;
  const { w, nIter, converged } = yield* minimiseByLbfgs(loss, flatten(task.start, loss), tol, maxIter);
  return { ...unflatten(w, loss), nIter, problem: converged ? undefined : unfinished(task, nIter) };
}

function* solveNewtonCg(task: LogisticTask, loss: LogisticLoss): Work<LogisticSolution> {
  const { tol, maxIter } = task.params;
  const { newtonCg } = yield* conjugateGradients();
  const { w, nIter, converged } = yield* newtonCg(loss, flatten(task.start, loss), tol, maxIter);
  return { ...unflatten(w, loss), nIter, problem: converged ? undefined : unfinished(task, nIter) };
}

/** Where the Hessian is singular, lbfgs goes on from the point reached. */
function* solveNewtonCholesky(task: LogisticTask<Matrix>, loss: LogisticLoss<Matrix>): Work<LogisticSolution> {
  const { tol, maxIter } = task.params;
  const { hessianTask, newtonCholesky, productsOn } = yield* newtonSteps();
  const products = productsOn(task.context.compute, hessianTask(loss));
  const first = yield* newtonCholesky(loss, flatten(task.start, loss), tol, maxIter, products);
  if (!first.stuck) {
    return {
      ...unflatten(first.w, loss),
      nIter: first.nIter,
      problem: first.converged ? undefined : unfinished(task, first.nIter),
    };
  }
  const second = yield* minimiseByLbfgs(loss, first.w, tol, maxIter - first.nIter);
  const nIter = first.nIter + second.nIter;
  const problem = `the Hessian was singular at iteration ${first.nIter + 1}, so that lbfgs went on${second.converged ? '' : ` and stopped at iteration ${nIter} before it met tol`}; remove collinear features, or lower C`;
  return { ...unflatten(second.w, loss), nIter, problem };
}

function* solveSag(task: LogisticTask<Matrix>, isSaga: boolean): Work<LogisticSolution> {
  const { divergence, sag } = yield* stochasticGradients();
  const { X, outputs, params, start, context } = task;
  const { C, l1Ratio, tol, maxIter, fitIntercept } = params;
  const { coef, intercept, nIter, converged, diverged } = yield* sag(
    {
      X,
      sampleGradient: sampleGradientOf(task),
      curvature: LOGISTIC_CURVATURE,
      fitIntercept,
      l2: (1 - l1Ratio) / C / X.rows,
      l1: l1Ratio / C / X.rows,
      isSaga,
    },
    { coef: start.coef.data, intercept: fitIntercept ? start.intercept : new Float64Array(outputs) },
    { maxIter, tol, seed: new RandomStream(context.seed).randint(1, 2 ** 31 - 1) },
  );
  if (diverged) throw divergence(context.action);
  return {
    coef: new Matrix(coef, outputs, X.columns),
    intercept,
    nIter,
    problem: converged ? undefined : unfinished(task, nIter),
  };
}

function sampleGradientOf({ codes, weights, outputs }: LogisticTask) {
  if (outputs === 1) {
    return (row: number, scores: Float64Array, gradient: Float64Array): void => {
      gradient[0] = weights[row]! * (1 / (1 + Math.exp(-scores[0]!)) - codes[row]!);
    };
  }
  return (row: number, scores: Float64Array, gradient: Float64Array): void => {
    let max = scores[0]!;
    for (let k = 1; k < outputs; k++) if (scores[k]! > max) max = scores[k]!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += gradient[k] = Math.exp(scores[k]! - max);
    for (let k = 0; k < outputs; k++) gradient[k] = weights[row]! * (gradient[k]! / sum - (k === codes[row] ? 1 : 0));
  };
}

/** The penalised intercept is the coefficient of a constant feature, times that constant. */
function* solveLiblinear(task: LogisticTask<Matrix>): Work<LogisticSolution> {
  const { X, codes, weights, params, context } = task;
  const { C, fitIntercept, interceptScaling } = params;
  const { liblinearProblem } = yield* liblinear();
  const problem = liblinearProblem({
    X,
    codes,
    costs: weights.map(weight => C * weight),
    constant: fitIntercept ? interceptScaling : null,
  });
  const { w, nIter, converged } = yield* runLiblinear(problem, params, context);
  return {
    coef: new Matrix(w.slice(0, X.columns), 1, X.columns),
    intercept: Float64Array.of(fitIntercept ? interceptScaling * w[X.columns]! : 0),
    nIter,
    problem: converged ? undefined : unfinished(task, nIter),
  };
}

function* runLiblinear(
  problem: LiblinearProblem,
  { l1Ratio, dual, tol, maxIter }: LogisticSettings,
  { seed }: FitContext,
): Work<LiblinearResult> {
  const { dualCoordinateDescent, l1CoordinateDescent, primalTolerance, trustRegionNewton } = yield* liblinear();
  const stream = new RandomStream(new RandomStream(seed).randint(0, 2 ** 31 - 1));
  if (dual) return yield* dualCoordinateDescent(problem, tol, maxIter, stream);
  if (l1Ratio === 1) return yield* l1CoordinateDescent(problem, primalTolerance(problem, tol), maxIter, stream);
  const loss = new LogisticLoss({
    X: problem.X,
    codes: Int32Array.from(problem.signs, sign => (sign > 0 ? 1 : 0)),
    outputs: 1,
    fitIntercept: false,
    weights: problem.costs,
    l2: 1,
  });
  try {
    return yield* trustRegionNewton(loss, primalTolerance(problem, tol), maxIter);
  } finally {
    loss.close();
  }
}

function* onMeanLoss<X extends Samples>(
  task: LogisticTask<X>,
  solve: (task: LogisticTask<X>, loss: LogisticLoss<X>) => Work<LogisticSolution>,
): Work<LogisticSolution> {
  const loss = meanLoss(task);
  try {
    return yield* solve(task, loss);
  } finally {
    loss.close();
  }
}

/** The objective divided by C times the sum of weights: tolerances are about the mean loss. */
function meanLoss<X extends Samples>({ X, codes, outputs, weights, params }: LogisticTask<X>): LogisticLoss<X> {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  const shares = new Float64Array(weights.length);
  for (let i = 0; i < shares.length; i++) shares[i] = weights[i]! / total;
  const { fitIntercept, C } = params;
  return new LogisticLoss({ X, codes, outputs, fitIntercept, weights: shares, l2: 1 / (C * total) });
}

function flatten({ coef, intercept }: LinearWeights, { size, stride }: LogisticLoss): Float64Array {
  const w = new Float64Array(size);
  for (let k = 0; k < coef.rows; k++) {
    w.set(coef.row(k), k * stride);
    if (stride > coef.columns) w[k * stride + coef.columns] = intercept[k]!;
  }
  return w;
}

function unflatten(w: Float64Array, { stride, problem }: LogisticLoss): LinearWeights {
  const { outputs, X } = problem;
  const coef = Matrix.zeros(outputs, X.columns);
  const intercept = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    coef.row(k).set(w.subarray(k * stride, k * stride + X.columns));
    if (stride > X.columns) intercept[k] = w[k * stride + X.columns]!;
  }
  return { coef, intercept };
}

function unfinished({ params: { solver, tol, maxIter } }: LogisticTask, nIter: number): string {
  const limit = nIter >= maxIter ? `raise maxIter (${maxIter})` : 'raise tol';
  return `solver '${solver}' stopped at iteration ${nIter} before it met tol (${tol}); scale the features, e.g. with StandardScaler, or ${limit}`;
}
