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
import { InvalidInputError, showShape } from '../errors/index.ts';
import { matmulWork, type Task } from '../kernels/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import type { PrincipalComponents } from './find-components.ts';

const finding = loadOnce(() => import('./find-components.ts'));
const noise = loadOnce(() => import('./noise-model.ts'));
const onDevice = loadOnce(() => import('./project-centred.ts'));

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
export class PCA extends InvertibleTransformer<typeof spec, PrincipalComponents> {
  static override readonly id = 'decomposition/PCA';
  static override readonly traits = {
    sparse: 'expanded',
    minRows: 2,
    gpu: ['fit', 'transform', 'inverseTransform'],
    findsInfinite: true,
  } as const;

  constructor(params: Partial<PCAParams> = {}) {
    super(spec, params);
  }

  override lazyModules(learned: PrincipalComponents) {
    return [...super.lazyModules(learned), noise];
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
    return this.run(this.#underNoise('covarianceOf'));
  }

  /** Inverse of that covariance. */
  getPrecision(): Promise<Matrix> {
    return this.run(this.#underNoise('precisionOf'));
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
    const data = yield* this.entering(X, 'score with');
    const { logLikelihood } = yield* noise();
    return yield* logLikelihood(data, this.learned);
  }

  *scoreWork(X: MatrixLike): Work<number> {
    const scores = yield* this.scoreSamplesWork(X);
    return scores.reduce((sum, value) => sum + value, 0) / scores.length;
  }

  *#underNoise(wanted: 'covarianceOf' | 'precisionOf'): Work<Matrix> {
    const model = yield* noise();
    return yield* model[wanted](this.learned);
  }

  protected override *learn(X: Matrix, _y: unknown, context: FitContext): Work<PrincipalComponents> {
    const { findComponents } = yield* finding();
    return yield* findComponents(X, this.params, context);
  }

  protected override *map(X: Matrix, { compute }: CallContext): Work<Matrix> {
    const { axes, mean } = this.learned;
    const scale = this.#scale();
    const products = compute.products(taskOf(X, axes));
    if (products !== undefined) {
      const { projectCentred } = yield* onDevice();
      const projected = yield* projectCentred(X, mean, axes, products);
      return projected.map((value, _, k) => value / scale[k]!);
    }
    const result = yield* matmulWork(X, axes, { transposeB: true });
    const offset = yield* matmulWork(new Matrix(mean, 1, mean.length), axes, { transposeB: true });
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
    const products = compute.products(taskOf(X, axes));
    const result = yield* products === undefined ? matmulWork(scaled, axes) : products.matmul(scaled, axes);
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
}

/** Samples times axes, or the way back. */
function taskOf(X: Matrix, axes: Matrix): Task {
  return { operations: X.rows * axes.rows * axes.columns, numbers: X.rows * (axes.rows + axes.columns) };
}
