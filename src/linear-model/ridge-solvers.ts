/** Each of Ridge's solvers as a function of the same problem: centred, and (but for sag and saga) weighted data. */
import { Matrix } from '../array/index.ts';
import type { FitContext } from '../core/index.ts';
import { warn } from '../errors/index.ts';
import { gramTask, matmulWork, productsOn } from '../kernels/index.ts';
import {
  boundsBetween,
  choleskyWork,
  conjugateGradientWork,
  dot,
  lbfgsWork,
  lsqrWork,
  solveCholeskyWork,
  svdWork,
} from '../linalg/index.ts';
import { RandomStream } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import type { NormalEquations } from './normal-equations.ts';
import { refineSolution } from './refine-solution.ts';
import { timesTransposedVector, timesVector } from './row-products.ts';
import { divergence, sag } from './sag.ts';
import { plusScaled } from './vectors.ts';

export interface RidgeProblem {
  /** samples × features */
  readonly X: Matrix;
  /** samples × targets */
  readonly y: Matrix;
  /** Used by sag and saga only; elsewhere the weights are in X and y. */
  readonly sampleWeight: Float64Array | undefined;
  /** Strength of the penalty per target. */
  readonly alphas: Float64Array;
}

export interface RidgeOptions {
  /** null: the solver's own default. */
  readonly maxIter: number | null;
  readonly tol: number;
  readonly context: FitContext;
  /** Name of the estimator, for warnings. */
  readonly source: string;
}

export interface RidgeSolution {
  /** targets × features */
  readonly coef: Matrix;
  readonly nIter?: Int32Array;
  /** The solver that stepped in, where the one asked for failed. */
  readonly solver?: RidgeSolver;
}

export type RidgeSolver = 'svd' | 'cholesky' | 'lsqr' | 'sparse_cg' | 'sag' | 'saga' | 'lbfgs';

type Solve = (problem: RidgeProblem, options: RidgeOptions) => Work<RidgeSolution>;

export const RIDGE_SOLVERS: Readonly<Record<RidgeSolver, Solve>> = {
  svd: solveSvd,
  cholesky: solveCholesky,
  lsqr: solveLsqr,
  sparse_cg: solveConjugateGradient,
  sag: (problem, options) => solveSag(problem, options, false),
  saga: (problem, options) => solveSag(problem, options, true),
  lbfgs: solveLbfgs,
};

/** Singular values up to this are zero, as in the pseudo-inverse. */
const NO_SINGULAR_VALUE = 1e-15;
/** The steps of sag and saga bound the second derivative of half the squared error by 1. */
const SQUARED_ERROR_CURVATURE = 1;

/** w = V diag(s / (s² + alpha)) U' y */
function* solveSvd({ X, y, alphas }: RidgeProblem): Work<RidgeSolution> {
  const { U, singularValues, Vt } = yield* svdWork(X);
  const projections = yield* matmulWork(U, y, { transposeA: true });
  const shrunk = projections.map((value, i, t) => {
    const s = singularValues[i]!;
    return s > NO_SINGULAR_VALUE ? (s / (s * s + alphas[t]!)) * value : 0;
  });
  return { coef: yield* matmulWork(shrunk, Vt, { transposeA: true }) };
}

/** The penalised normal equations; undefined where they are singular up to rounding. */
export function* solveNormalEquations(
  { gram, right }: NormalEquations,
  alphas: Float64Array,
): Work<RidgeSolution | undefined> {
  const solved = yield* solvePenalised(gram, right, alphas, solveCholeskyWork);
  return solved && { coef: solved.transpose() };
}

/** The normal equations of the features, or of the samples where these are fewer; by `svd` where they are singular. */
function* solveCholesky(problem: RidgeProblem, { context }: RidgeOptions): Work<RidgeSolution> {
  const { X, y } = problem;
  const isDual = X.columns > X.rows;
  const A = isDual ? X.transpose() : X;
  const products = productsOn(context.compute, gramTask(A));
  const gram = yield* products.gram(A);
  const right = isDual ? y : yield* matmulWork(X, y, { transposeA: true });
  const isExact = products.backend === 'cpu';
  const solve = isExact ? solveCholeskyWork : (L: Matrix, B: Matrix, alpha: number) => refineSolution(A, alpha, L, B);
  const solved = yield* solvePenalised(gram, right, problem.alphas, solve);
  if (solved === undefined) {
    if (!isExact) context.compute.without('features too ill-conditioned for single precision');
    return { ...(yield* solveSvd(problem)), solver: 'svd' };
  }
  return { coef: isDual ? yield* matmulWork(solved, X, { transposeA: true }) : solved.transpose() };
}

/** Solves (G + alpha I) W = B by a factor of the matrix; undefined where that does not succeed. */
type SolveFactored = (L: Matrix, B: Matrix, alpha: number) => Work<Matrix | undefined>;

/** Solves (G + alpha I) W = B, each column of B with its own alpha; undefined where that is singular. */
function* solvePenalised(G: Matrix, B: Matrix, alphas: Float64Array, solve: SolveFactored): Work<Matrix | undefined> {
  const solution = Matrix.zeros(B.rows, B.columns);
  for (const alpha of new Set(alphas)) {
    const penalised = G.map((value, i, j) => (i === j ? value + alpha : value));
    const L = yield* choleskyWork(penalised);
    if (L === undefined || isNearlySingular(penalised, L)) return undefined;
    const targets = Array.from(alphas.keys()).filter(t => alphas[t] === alpha);
    const part = yield* solve(L, B.takeColumns(targets), alpha);
    if (part === undefined) return undefined;
    targets.forEach((t, at) => {
      for (let i = 0; i < B.rows; i++) solution.set(i, t, part.get(i, at));
    });
  }
  return solution;
}

/** Whether what elimination left of some diagonal element may be rounding alone: no digit would be correct. */
function isNearlySingular(A: Matrix, L: Matrix): boolean {
  const noise = A.rows * Number.EPSILON;
  return Array.from({ length: A.rows }, (_, i) => i).some(i => L.get(i, i) ** 2 <= noise * A.get(i, i));
}

/** Stochastic average gradients on the mean squared error, one target after the other. */
function* solveSag(
  problem: RidgeProblem,
  { maxIter, tol, context, source }: RidgeOptions,
  isSaga: boolean,
): Work<RidgeSolution> {
  const { X, y, alphas, sampleWeight } = problem;
  const coef = Matrix.zeros(y.columns, X.columns);
  const nIter = new Int32Array(y.columns);
  for (let t = 0; t < y.columns; t++) {
    const target = y.column(t);
    const result = yield* sag(
      {
        X,
        sampleGradient: (row, scores, gradient) => {
          gradient[0] = (sampleWeight === undefined ? 1 : sampleWeight[row]!) * (scores[0]! - target[row]!);
        },
        curvature: SQUARED_ERROR_CURVATURE,
        fitIntercept: false,
        l2: alphas[t]! / X.rows,
        l1: 0,
        isSaga,
      },
      { coef: new Float64Array(X.columns), intercept: new Float64Array(1) },
      { maxIter: maxIter ?? 1000, tol, seed: new RandomStream(context.seed).randint(1, 2 ** 31 - 1) },
    );
    if (result.diverged) throw divergence(context.action);
    if (!result.converged) warnUnfinished(source, isSaga ? 'saga' : 'sag', maxIter ?? 1000);
    coef.row(t).set(result.coef);
    nIter[t] = result.nIter;
  }
  return { coef, nIter };
}

/** Golub and Kahan's bidiagonalisation, damped by the root of alpha. */
function* solveLsqr({ X, y, alphas }: RidgeProblem, { maxIter, tol, source }: RidgeOptions): Work<RidgeSolution> {
  const coef = Matrix.zeros(y.columns, X.columns);
  const nIter = new Int32Array(y.columns);
  const operator = {
    rows: X.rows,
    columns: X.columns,
    times: (v: Float64Array) => timesVector(X, v),
    timesTransposed: (u: Float64Array) => timesTransposedVector(X, u),
  };
  for (let t = 0; t < y.columns; t++) {
    const options = { damp: Math.sqrt(alphas[t]!), atol: tol, btol: tol, maxIter };
    const result = yield* lsqrWork(operator, y.column(t), options);
    if (result.stoppedBy === 'maxIter') warnUnfinished(source, 'lsqr', result.nIter);
    coef.row(t).set(result.x);
    nIter[t] = result.nIter;
  }
  return { coef, nIter };
}

/** Conjugate gradients on the normal equations of the features, or of the samples where these are fewer. */
function* solveConjugateGradient(
  { X, y, alphas }: RidgeProblem,
  { maxIter, tol, source }: RidgeOptions,
): Work<RidgeSolution> {
  const coef = Matrix.zeros(y.columns, X.columns);
  const isDual = X.columns > X.rows;
  for (let t = 0; t < y.columns; t++) {
    const alpha = alphas[t]!;
    const times = function* (v: Float64Array): Work<Float64Array> {
      const product = isDual
        ? yield* timesVector(X, yield* timesTransposedVector(X, v))
        : yield* timesTransposedVector(X, yield* timesVector(X, v));
      return plusScaled(product, alpha, v);
    };
    const right = isDual ? y.column(t) : yield* timesTransposedVector(X, y.column(t));
    const result = yield* conjugateGradientWork(times, right, { rtol: tol, maxIter: isDual ? null : maxIter });
    if (!result.converged) warnUnfinished(source, 'sparse_cg', result.nIter);
    coef.row(t).set(isDual ? yield* timesTransposedVector(X, result.x) : result.x);
  }
  return { coef };
}

/** L-BFGS-B with every coefficient bounded below by zero. */
function* solveLbfgs({ X, y, alphas }: RidgeProblem, { maxIter, tol, source }: RidgeOptions): Work<RidgeSolution> {
  const coef = Matrix.zeros(y.columns, X.columns);
  const zero = new Float64Array(X.columns);
  const bounds = boundsBetween(zero, new Float64Array(X.columns).fill(Infinity));
  for (let t = 0; t < y.columns; t++) {
    const alpha = alphas[t]!;
    const target = y.column(t);
    const objective = function* (w: Float64Array, gradient: Float64Array): Work<number> {
      const residual = plusScaled(yield* timesVector(X, w), -1, target);
      gradient.set(plusScaled(yield* timesTransposedVector(X, residual), alpha, w));
      return 0.5 * dot(residual, residual) + 0.5 * alpha * dot(w, w);
    };
    const limit = maxIter === null ? {} : { maxIter };
    const result = yield* lbfgsWork(objective, zero, { gtol: tol, ftol: tol, bounds, ...limit });
    if (!result.converged) warnUnfinished(source, 'lbfgs', result.nIter);
    coef.row(t).set(result.x);
  }
  return { coef };
}

function warnUnfinished(source: string, solver: string, maxIter: number): void {
  warn({
    kind: 'convergence',
    source,
    message: `solver '${solver}' has not met tol after ${maxIter} iterations; raise maxIter, or scale the features`,
  });
}
