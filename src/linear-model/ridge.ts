import type { Matrix } from '../array/index.ts';
import {
  boolean,
  checkMatrix,
  either,
  integer,
  listOf,
  nullable,
  oneOf,
  type ParamsOf,
  type RegressionTarget,
  real,
  seed,
} from '../check/index.ts';
import type { FitContext, RegressorLearned } from '../core/index.ts';
import { InvalidInputError, InvalidParamError } from '../errors/index.ts';
import { gramTask } from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { centerData, interceptOf, scaleRows } from './center-data.ts';
import { checkFiniteWeights, checkMagnitude } from './check-overflow.ts';
import { LinearRegressor, type LinearRegressorLearned } from './linear-regressor.ts';
import type { NormalEquations } from './normal-equations.ts';
import type { RidgeSolution, RidgeSolver } from './ridge-solvers.ts';

const fitting = loadOnce(() => import('./fitting.ts'));
const solvers = loadOnce(() => import('./ridge-solvers.ts'));

const spec = {
  /** Strength of the penalty, or one per target. */
  alpha: either(real({ min: 0, default: 1 }), listOf(real({ min: 0, default: 1 }), { default: [] })),
  /** Learn an intercept, which is not penalised. */
  fitIntercept: boolean({ default: true }),
  /** Most iterations of an iterative solver; null for the solver's own default. */
  maxIter: nullable(integer({ min: 1, default: 1000 })),
  /** When an iterative solver stops, in its own terms. */
  tol: real({ min: 0, default: 1e-4 }),
  /** The algorithm; `'auto'` is `'cholesky'`, and `'lbfgs'` with `positive`. */
  solver: oneOf(['auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga', 'lbfgs'], { default: 'auto' }),
  /** Allow no negative coefficient; solver `'lbfgs'` only. */
  positive: boolean({ default: false }),
  /** Seed of the order in which `'sag'` and `'saga'` visit samples. */
  randomState: seed(),
};

export type RidgeParams = ParamsOf<typeof spec>;

interface RidgeLearned extends LinearRegressorLearned {
  readonly nIter: Int32Array | null;
  readonly solver: RidgeSolver;
}

/**
 * Least squares with an l2 penalty: minimises `sum_i weight_i * (y_i - x_i . w - intercept)² + alpha * |w|²` for
 * each target.
 *
 * `'cholesky'` solves the normal equations (of the samples, where there are fewer samples than features), `'svd'` is
 * the most accurate, `'lsqr'` and `'sparse_cg'` suit many features, `'sag'` and `'saga'` many samples. Cost:
 * O(samples × features × min(samples, features)) time for the direct solvers, O(samples × features) per iteration.
 *
 * On a GPU (`device`): the normal equations of `'cholesky'`, whose solution is refined in double.
 *
 * Differs from scikit-learn: `copy_X` is not there (X is never written to); a sparse X is made dense first, so that
 * all solvers take it; for a `y` of one column, predictions have one column too.
 *
 * Source: A. Hoerl and R. Kennard, "Ridge regression", Technometrics 12 (1970); C. Paige and M. Saunders, "LSQR"
 * (1982); M. Schmidt et al. (2013) for `'sag'`; A. Defazio et al. (2014) for `'saga'`.
 *
 * @example
 * import { Ridge } from 'fitwise';
 * const model = await new Ridge({ alpha: 2 }).fit([[-1], [0], [1]], [-2, 0, 2]);
 * model.coef_; // [1]: 4 / (2 + alpha)
 * await model.predict([[3]]); // [3]
 */
export class Ridge extends LinearRegressor<typeof spec, RidgeLearned> {
  static override readonly id = 'linear-model/Ridge';
  static override readonly traits = {
    consumes: ['sampleWeight'],
    multiOutput: true,
    sparse: 'expanded',
    gpu: ['fit'],
    findsInfinite: true,
  } as const;

  constructor(params: Partial<RidgeParams> = {}) {
    super(spec, params);
  }

  /** Iterations per target, for solvers `'sag'`, `'saga'` and `'lsqr'`; null for the others. */
  get nIter_(): Int32Array | null {
    return this.learned.nIter;
  }

  /** The solver that was used. */
  get solver_(): RidgeSolver {
    return this.learned.solver;
  }

  protected override *learnValues(
    X: Matrix,
    y: RegressionTarget,
    context: FitContext,
  ): Work<Omit<RidgeLearned, keyof RegressorLearned>> {
    const { normalEquations } = yield* fitting();
    const { RIDGE_SOLVERS, solveNormalEquations } = yield* solvers();
    const { action, sampleWeight, compute } = context;
    const { fitIntercept, maxIter, tol } = this.params;
    const chosen = this.#chooseSolver(action);
    if (chosen !== 'cholesky') compute.without(`solver '${chosen}', which has no GPU kernels`);
    const alphas = this.#alphas(y.values.columns, action);
    const options = { fitIntercept, sampleWeight };
    if (chosen === 'cholesky' && X.rows >= X.columns && compute.products(gramTask(X)) === undefined) {
      const equations = yield* normalEquations(X, y.values, options);
      const solution = equations && (yield* solveNormalEquations(equations, alphas));
      if (solution) return learned(solution, equations, chosen, action);
    }
    checkMagnitude('X', checkMatrix(X, action), action);
    checkMagnitude('y', y.values, action);
    const centered = yield* centerData(X, y.values, options);
    const isStochastic = chosen === 'sag' || chosen === 'saga';
    const problem = {
      X: isStochastic ? centered.X : yield* scaleRows(centered.X, sampleWeight),
      y: isStochastic ? centered.y : yield* scaleRows(centered.y, sampleWeight),
      sampleWeight,
      alphas,
    };
    const solution = yield* RIDGE_SOLVERS[chosen](problem, { maxIter, tol, context, source: this.name });
    return learned(solution, centered, chosen, action);
  }

  #chooseSolver(action: string): RidgeSolver {
    const { solver, positive } = this.params;
    if (solver === 'auto') return positive ? 'lbfgs' : 'cholesky';
    if ((solver === 'lbfgs') === positive) return solver;
    throw new InvalidParamError({
      action,
      rule: positive
        ? "solver must be 'auto' or 'lbfgs' where positive is true"
        : "positive must be true for solver 'lbfgs'",
      received: positive ? `'${solver}'` : 'false',
    });
  }

  #alphas(targets: number, action: string): Float64Array {
    const { alpha } = this.params;
    if (typeof alpha === 'number') return new Float64Array(targets).fill(alpha);
    if (alpha.length === targets) return Float64Array.from(alpha);
    if (alpha.length === 1) return new Float64Array(targets).fill(alpha[0]!);
    throw new InvalidInputError({
      action,
      rule: `alpha must be a number or one per target (${targets})`,
      received: `${alpha.length} numbers`,
    });
  }
}

function learned(
  { coef, nIter, solver }: RidgeSolution,
  means: Pick<NormalEquations, 'xMean' | 'yMean'>,
  chosen: RidgeSolver,
  action: string,
): Omit<RidgeLearned, keyof RegressorLearned> {
  const weights = { coef, intercept: interceptOf(means, coef) };
  return { ...checkFiniteWeights(weights, action), nIter: nIter ?? null, solver: solver ?? chosen };
}
