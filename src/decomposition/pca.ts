import { Matrix, type MatrixLike, toMatrix } from '../array/index.ts';
import {
  boolean,
  checkMatrix,
  either,
  integer,
  nullable,
  oneOf,
  type ParamsOf,
  real,
  seed,
  share,
} from '../check/index.ts';
import { type CallContext, type FitContext, InvertibleTransformer } from '../core/index.ts';
import { InvalidInputError, InvalidParamError, show, showShape, UnsupportedError } from '../errors/index.ts';
import { gramTask, matmulWork, productsOn, type Task } from '../kernels/index.ts';
import { lanczosSvdWork, randomizedSvdWork } from '../linalg/index.ts';
import { RandomStream } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import { minkaDimension } from './minka-dimension.ts';
import { covarianceOf, logLikelihood, type NoiseModel, precisionOf } from './noise-model.ts';
import {
  axesByCovariance,
  axesBySvd,
  axesByTruncatedSvd,
  type PrincipalAxes,
  projectCentred,
} from './principal-axes.ts';

const spec = {
  /** Components to keep: a count, a share of the variance to explain (more than it), `'mle'` (Minka), or null for all. */
  nComponents: nullable(
    either(oneOf(['mle'], { default: 'mle' }), either(share({ default: 0.5 }), integer({ min: 0, default: 1 }))),
    { default: null },
  ),
  /** Scale the transformed samples to unit variance. */
  whiten: boolean({ default: false }),
  /** `'auto'` goes by the shape: see the class. */
  svdSolver: oneOf(['auto', 'full', 'covariance_eigh', 'arpack', 'randomized'], { default: 'auto' }),
  /** Tolerance of `'arpack'`; 0 is machine precision. */
  tol: real({ min: 0, default: 0 }),
  /** Power iterations of `'randomized'`; `'auto'` is 7 for few components and 4 otherwise. */
  iteratedPower: either(oneOf(['auto'], { default: 'auto' }), integer({ min: 0, default: 0 })),
  /** Extra random vectors of `'randomized'`. */
  nOversamples: integer({ min: 1, default: 10 }),
  /** How `'randomized'` keeps its power iterations stable. */
  powerIterationNormalizer: oneOf(['auto', 'QR', 'LU', 'none'], { default: 'auto' }),
  /** Seed of `'arpack'` and `'randomized'`. */
  randomState: seed(),
};

export type PCAParams = ParamsOf<typeof spec>;
type Solver = Exclude<PCAParams['svdSolver'], 'auto'>;

interface Learned extends PrincipalAxes, NoiseModel {
  readonly ratios: Float64Array;
  readonly nSamples: number;
  readonly solver: Solver;
}

/**
 * Principal component analysis: the orthogonal axes along which centred samples vary most.
 *
 * `svdSolver: 'auto'` takes `'covariance_eigh'` for at most 1000 features and 10 times as many samples, else
 * `'full'` for at most 500 samples and features, else `'randomized'` if less than 80 % of the components are wanted,
 * else `'full'`. In each row of `components_` the entry of largest size is positive.
 *
 * Cost: O(samples × features²) for the exact solvers, O(samples × features × components) for the truncated ones.
 * Source: M. E. Tipping and C. M. Bishop, "Probabilistic principal component analysis", 1999 (noise model);
 * N. Halko, P. G. Martinsson and J. A. Tropp, "Finding structure with randomness", 2011, section 4 (randomized).
 *
 * On a GPU (`device`): the covariance matrix of `'covariance_eigh'` and projections, in single precision.
 *
 * Differs from scikit-learn: sparse samples are made dense first, whatever the solver.
 *
 * @example
 * import { PCA } from 'fitwise';
 * const pca = await new PCA({ nComponents: 1 }).fit([[0, 0], [1, 1], [2, 2.1]]);
 * pca.explainedVarianceRatio_[0] > 0.99; // true
 */
export class PCA extends InvertibleTransformer<typeof spec, Learned> {
  static override readonly id = 'decomposition/PCA';
  static override readonly traits = {
    sparse: 'expanded',
    minRows: 2,
    gpu: ['fit', 'transform', 'inverseTransform'],
  } as const;

  constructor(params: Partial<PCAParams> = {}) {
    super(spec, params);
  }

  /** Principal axes, components × features. */
  get components_(): Matrix {
    return this.learned.axes;
  }

  /** Variance along each component. */
  get explainedVariance_(): Float64Array {
    return this.learned.variances;
  }

  /** Share of the total variance along each component. */
  get explainedVarianceRatio_(): Float64Array {
    return this.learned.ratios;
  }

  /** Singular values of the centred samples, one per component. */
  get singularValues_(): Float64Array {
    return this.learned.singularValues;
  }

  /** Mean of each feature. */
  get mean_(): Float64Array {
    return this.learned.mean;
  }

  /** Number of components kept. */
  get nComponents_(): number {
    return this.learned.axes.rows;
  }

  /** Number of samples seen. */
  get nSamples_(): number {
    return this.learned.nSamples;
  }

  /** Mean variance of the components left out. */
  get noiseVariance_(): number {
    return this.learned.noiseVariance;
  }

  /** Covariance of the features under the noise model, features × features. */
  getCovariance(): Promise<Matrix> {
    return this.run(covarianceOf(this.learned));
  }

  /** Inverse of that covariance. */
  getPrecision(): Promise<Matrix> {
    return this.run(precisionOf(this.learned));
  }

  /** Log-likelihood of each sample under the noise model. */
  scoreSamples(X: MatrixLike): Promise<Float64Array> {
    return this.run(this.scoreSamplesWork(X));
  }

  /** Mean log-likelihood of the samples. */
  score(X: MatrixLike): Promise<number> {
    return this.run(this.scoreWork(X));
  }

  *scoreSamplesWork(X: MatrixLike): Work<Float64Array> {
    const data = this.enter(X, 'score with');
    return yield* logLikelihood(data, this.learned);
  }

  *scoreWork(X: MatrixLike): Work<number> {
    const scores = yield* this.scoreSamplesWork(X);
    return scores.reduce((sum, value) => sum + value, 0) / scores.length;
  }

  protected override *learn(X: Matrix, _y: unknown, context: FitContext): Work<Learned> {
    const solver = chooseSolver(this.params, X.rows, X.columns);
    const wanted = checkComponents(this.params.nComponents, solver, X, context.action);
    const found = yield* this.#findAxes(X, solver, wanted, context);
    if (!Number.isFinite(found.totalVariance)) {
      throw new InvalidInputError({
        action: context.action,
        rule: 'the variance of X must not overflow',
        received: show(found.totalVariance),
      });
    }
    return keep(found, countComponents(wanted, found, X.rows), X, solver, this.params.whiten);
  }

  protected override *map(X: Matrix, { compute }: CallContext): Work<Matrix> {
    const { axes, mean } = this.learned;
    const products = compute.products(taskOf(X, axes));
    if (products !== undefined) {
      const scale = this.#scale();
      const projected = yield* projectCentred(X, mean, axes, products);
      return projected.map((value, _, k) => value / scale[k]!);
    }
    const result = yield* matmulWork(X, axes, { transposeB: true });
    const offset = yield* matmulWork(new Matrix(mean, 1, mean.length), axes, { transposeB: true });
    const scale = this.#scale();
    return result.map((value, _, k) => (value - offset.data[k]!) / scale[k]!);
  }

  protected override *unmap(input: MatrixLike, { compute }: CallContext): Work<Matrix> {
    const action = `invert with ${this.name}`;
    const { axes, mean } = this.learned;
    const X = checkMatrix(toMatrix(input, action).matrix, action);
    if (X.columns !== axes.rows) {
      throw new InvalidInputError({
        action,
        rule: `X must have ${axes.rows} columns, as transform gives`,
        received: showShape(X.rows, X.columns),
      });
    }
    const scale = this.params.whiten ? this.learned.variances.map(Math.sqrt) : this.#scale();
    const scaled = X.map((value, _, k) => value * scale[k]!);
    const result = yield* productsOn(compute, taskOf(X, axes)).matmul(scaled, axes);
    return result.map((value, _, j) => value + mean[j]!);
  }

  protected override outputNames(): string[] {
    return Array.from({ length: this.learned.axes.rows }, (_, k) => `pca${k}`);
  }

  /** What each transformed column is divided by: 1, or its standard deviation where it is whitened. */
  #scale(): Float64Array {
    const { variances } = this.learned;
    return variances.map(value => (this.params.whiten ? Math.max(Math.sqrt(value), Number.EPSILON) : 1));
  }

  #findAxes(X: Matrix, solver: Solver, wanted: number | 'mle', { compute, seed }: FitContext): Work<PrincipalAxes> {
    if (solver === 'covariance_eigh') return axesByCovariance(X, productsOn(compute, gramTask(X)));
    compute.without(`svdSolver '${solver}', which has no GPU kernels`);
    if (solver === 'full') return axesBySvd(X);
    const { tol, iteratedPower, nOversamples, powerIterationNormalizer } = this.params;
    const count = wanted as number;
    return axesByTruncatedSvd(X, centred =>
      solver === 'arpack'
        ? lanczosSvdWork(centred, count, { tol, random: new RandomStream(seed) })
        : randomizedSvdWork(centred, count, {
            nOversamples,
            nIter: iteratedPower,
            normalizer: powerIterationNormalizer,
            random: new RandomStream(seed),
          }),
    );
  }
}

/** Samples times axes, or the way back. */
function taskOf(X: Matrix, axes: Matrix): Task {
  return { operations: X.rows * axes.rows * axes.columns, numbers: X.rows * (axes.rows + axes.columns) };
}

function chooseSolver({ svdSolver, nComponents }: PCAParams, rows: number, columns: number): Solver {
  if (svdSolver !== 'auto') return svdSolver;
  if (columns <= 1000 && rows >= 10 * columns) return 'covariance_eigh';
  if (Math.max(rows, columns) <= 500 || nComponents === 'mle') return 'full';
  const count = nComponents ?? Math.min(rows, columns);
  return count >= 1 && count < 0.8 * Math.min(rows, columns) ? 'randomized' : 'full';
}

/** The wanted components: a count, a share, or `'mle'`. */
function checkComponents(
  nComponents: PCAParams['nComponents'],
  solver: Solver,
  X: Matrix,
  action: string,
): number | 'mle' {
  const most = Math.min(X.rows, X.columns);
  const isTruncated = solver === 'arpack' || solver === 'randomized';
  const limit = solver === 'arpack' ? most - 1 : most;
  const wanted = nComponents ?? limit;
  if (wanted === 'mle') {
    if (isTruncated) {
      throw new UnsupportedError({
        action,
        rule: "nComponents must be a count with svdSolver 'arpack' or 'randomized'",
        received: "'mle'",
      });
    }
    if (X.rows >= X.columns) return 'mle';
    throw new InvalidInputError({
      action,
      rule: "nSamples must be >= nFeatures for nComponents 'mle'",
      received: showShape(X.rows, X.columns),
    });
  }
  const least = isTruncated ? 1 : 0;
  if (wanted >= least && wanted <= limit) return wanted;
  throw new InvalidParamError({
    action,
    rule: `nComponents must be between ${least} and ${limit} with svdSolver '${solver}' and shape (${X.rows}, ${X.columns})`,
    received: show(wanted),
  });
}

function countComponents(wanted: number | 'mle', { variances, totalVariance }: PrincipalAxes, rows: number): number {
  if (wanted === 'mle') return minkaDimension(variances, rows);
  if (wanted === 0 || wanted >= 1) return wanted;
  let explained = 0;
  const enough = variances.findIndex(value => {
    explained += value / totalVariance;
    return explained > wanted;
  });
  return enough === -1 ? variances.length : enough + 1;
}

function keep(found: PrincipalAxes, count: number, X: Matrix, solver: Solver, whiten: boolean): Learned {
  const { axes, variances, singularValues, totalVariance, mean } = found;
  const rest = Math.min(X.rows, X.columns) - count;
  const isTruncated = solver === 'arpack' || solver === 'randomized';
  const keptVariance = variances.subarray(0, count).reduce((sum, value) => sum + value, 0);
  const left = isTruncated
    ? totalVariance - keptVariance
    : variances.subarray(count).reduce((sum, value) => sum + value, 0);
  // The covariance has as many eigenvalues as there are features, more than nSamples where samples are few.
  const leftCount = isTruncated ? rest : variances.length - count;
  const noiseVariance = rest > 0 ? left / leftCount : 0;
  // With whitened components scikit-learn's signal carries their variance once more.
  const signalOf = (value: number) => Math.max(value - noiseVariance, 0) * (whiten ? value : 1);
  return {
    mean,
    signal: variances.slice(0, count).map(signalOf),
    axes: new Matrix(axes.data.slice(0, count * axes.columns), count, axes.columns),
    variances: variances.slice(0, count),
    singularValues: singularValues.slice(0, count),
    ratios: variances.slice(0, count).map(value => value / totalVariance),
    totalVariance,
    noiseVariance,
    nSamples: X.rows,
    solver,
  };
}
