import type { Matrix } from '../array/index.ts';
import { boolean, checkMatrix, type ParamsOf, type RegressionTarget, real } from '../check/index.ts';
import type { FitContext, RegressorLearned } from '../core/index.ts';
import { gramTask } from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { LinearRegressor, type LinearRegressorLearned } from './linear-regressor.ts';

const fitting = loadOnce(() => import('./fitting.ts'));
const nonNegativity = loadOnce(() => import('./non-negative.ts'));

const spec = {
  /** Learn an intercept; otherwise predictions go through the origin. */
  fitIntercept: boolean({ default: true }),
  /** Singular values of X up to this times the largest count as zero; 0, or 1 and more, stands for half an epsilon. */
  tol: real({ min: 0, default: 1e-6 }),
  /** Allow no negative coefficient. */
  positive: boolean({ default: false }),
};

export type LinearRegressionParams = ParamsOf<typeof spec>;

interface LinearRegressionLearned extends LinearRegressorLearned {
  readonly rank: number | null;
  readonly singular: Float64Array | null;
}

export type LinearSolution = Pick<LinearRegressionLearned, 'coef' | 'rank' | 'singular'>;

/**
 * Ordinary least squares: minimises `sum_i weight_i * (y_i - x_i . w - intercept)²`; of several minima, which
 * collinear features or too few samples leave, the one whose coefficients have the least norm.
 *
 * Prefer `Ridge` for features that nearly repeat each other. Cost: O(samples × features²) time, by the normal equations
 * where the singular values of the centred X are within a factor of 30 of each other, so that these lose no digit
 * that matters, else by its singular value decomposition; with `positive`, an active-set method per target.
 *
 * On a GPU (`device`): the normal equations, whose solution is refined in double; `singular_` in single precision.
 *
 * Differs from scikit-learn: `copy_X` and `n_jobs` are not there (X is never written to, and the targets share one
 * decomposition); with `positive`, `rank_` and `singular_` are null.
 *
 * Source: C. Lawson and R. Hanson, "Solving Least Squares Problems" (1974), chapters 18 and 23.
 *
 * @example
 * import { LinearRegression } from 'fitwise';
 * const model = await new LinearRegression().fit([[1, 1], [1, 2], [2, 2], [2, 3]], [6, 8, 9, 11]);
 * model.coef_; // [1, 2] up to rounding
 * model.intercept_; // 3
 * await model.predict([[3, 5]]); // [16]
 */
export class LinearRegression extends LinearRegressor<typeof spec, LinearRegressionLearned> {
  static override readonly id = 'linear-model/LinearRegression';
  static override readonly traits = {
    consumes: ['sampleWeight'],
    multiOutput: true,
    sparse: 'expanded',
    gpu: ['fit'],
    findsInfinite: true,
  } as const;

  constructor(params: Partial<LinearRegressionParams> = {}) {
    super(spec, params);
  }

  /** Rank of the centred, weighted X; null with `positive`. */
  get rank_(): number | null {
    return this.learned.rank;
  }

  /** Singular values of the centred, weighted X, descending; null with `positive`. */
  get singular_(): Float64Array | null {
    return this.learned.singular;
  }

  protected override *learnValues(
    X: Matrix,
    y: RegressionTarget,
    { action, sampleWeight, compute }: FitContext,
  ): Work<Omit<LinearRegressionLearned, keyof RegressorLearned>> {
    const { centerData, checkFiniteWeights, interceptOf, leastNorm, normalEquations, scaleRows, solveWellConditioned } =
      yield* fitting();
    const { fitIntercept, positive, tol } = this.params;
    // As LAPACK's gelsd takes it, to which scikit-learn hands it.
    const cutoff = tol > 0 && tol < 1 ? tol : Number.EPSILON / 2;
    const options = { fitIntercept, sampleWeight };
    if (positive) compute.without('positive, which has no GPU kernels');
    else if (X.rows >= X.columns && compute.products(gramTask(X)) === undefined) {
      const equations = yield* normalEquations(X, y.values, options);
      const solution = equations && (yield* solveWellConditioned(equations, cutoff));
      if (solution) return { ...solution, intercept: interceptOf(equations, solution.coef) };
    }
    const centered = yield* centerData(checkMatrix(X, action), y.values, options);
    const features = yield* scaleRows(centered.X, sampleWeight);
    const targets = yield* scaleRows(centered.y, sampleWeight);
    const solution = positive
      ? yield* (yield* nonNegativity()).nonNegative(features, targets, this.name)
      : yield* leastNorm(features, targets, cutoff, compute);
    return checkFiniteWeights({ ...solution, intercept: interceptOf(centered, solution.coef) }, action);
  }
}
