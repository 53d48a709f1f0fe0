import type { Matrix, MatrixLike } from '../../array/index.ts';
import { either, integer, oneOf, type ParamsOf, real, seed, type Target, value } from '../../check/index.ts';
import {
  type CallOptions,
  Clusterer,
  type FitContext,
  type FitOptions,
  routeDevice,
  type ScoreOptions,
} from '../../core/index.ts';
import { InvalidInputError } from '../../errors/index.ts';
import { type Compute, cpuCompute } from '../../kernels/index.ts';
import { drive, loadOnce, type Work } from '../../work/index.ts';
import type { Init } from './first-centers.ts';
import type { Assigned } from './inertia.ts';
import { moveOrigin } from './move-origin.ts';
import { assignOn, distancesTo, ones, taskOf } from './nearest-centers.ts';

const finding = loadOnce(() => import('./find-clusters.ts'));
const scoring = loadOnce(() => import('./inertia.ts'));

const spec = {
  /** Number of clusters, and so of centers. */
  nClusters: integer({ min: 1, default: 8 }),
  /** How the first centers are chosen: greedy k-means++, samples at random, given centers, or a function that gives them. */
  init: value<Init>({
    default: 'k-means++',
    expected: "'k-means++', 'random', a matrix of centers or a function (X, nClusters, random) => centers",
    accepts: given => given === 'k-means++' || given === 'random' || typeof given === 'function' || isTable(given),
  }),
  /** Runs from different first centers, of which the best stays; `'auto'` is 10 for `'random'` and functions, else 1. */
  nInit: either(oneOf(['auto'], { default: 'auto' }), integer({ min: 1, default: 1 })),
  /** Most iterations of one run. */
  maxIter: integer({ min: 1, default: 300 }),
  /** A run has settled when the summed squared shift of the centers is at most this times the mean feature variance. */
  tol: real({ min: 0, default: 1e-4 }),
  /** Seed of the first centers. */
  randomState: seed(),
  /** `'elkan'` leaves out distances by the triangle inequality, for samples × clusters numbers of memory. */
  algorithm: oneOf(['lloyd', 'elkan'], { default: 'lloyd' }),
};

export type KMeansParams = ParamsOf<typeof spec>;

export interface KMeansLearned {
  readonly centers: Matrix;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly nIter: number;
}

/**
 * k-means: groups samples around `nClusters` centers so that `inertia = sum w_i |x_i - c(x_i)|²` is small.
 *
 * Cost: O(samples × clusters × features) per iteration. Results are those of scikit-learn with the same seed.
 * Sources: S. P. Lloyd, "Least squares quantization in PCM", 1982; C. Elkan, "Using the triangle inequality to
 * accelerate k-means", ICML 2003; D. Arthur and S. Vassilvitskii, "k-means++", SODA 2007.
 *
 * On a GPU (`device`): the nearest centers of `'lloyd'`, with the processor's results to the bit; `transform` in single
 * precision.
 *
 * Differs from scikit-learn: a run that `maxIter` stops raises a warning; of several clusters that run empty at once,
 * each takes the farthest sample left, where there the order is that of a partial sort; distances for k-means++,
 * `transform` and Elkan are computed directly, not by the expanded square, so that of two candidates for a first center
 * that serve equally well, and of two centers equally near, rounding may choose the other one; a function as `init` sees the samples as
 * they came, not around their mean; sparse samples are made dense.
 *
 * @example
 * import { KMeans } from 'fitwise';
 * const model = await new KMeans({ nClusters: 2, randomState: 0 }).fit([[1], [2], [9], [10]]);
 * model.inertia_; // 1
 * model.labels_[0] === model.labels_[1]; // true
 */
export class KMeans extends Clusterer<typeof spec, KMeansLearned> {
  static override readonly id = 'cluster/KMeans';
  static override readonly traits = {
    sparse: 'expanded',
    consumes: ['sampleWeight'],
    gpu: ['fit', 'predict', 'transform'],
    findsInfinite: true,
  } as const;

  constructor(params: Partial<KMeansParams> = {}) {
    super(spec, params);
  }

  override lazyModules(learned: KMeansLearned) {
    return [...super.lazyModules(learned), scoring];
  }

  /** Centers, clusters × features. */
  get clusterCenters_(): Matrix {
    return this.learned.centers;
  }

  /** Weighted sum of the squared distances of the samples from their centers. */
  get inertia_(): number {
    return this.learned.inertia;
  }

  /** Iterations of the best run. */
  get nIter_(): number {
    return this.learned.nIter;
  }

  /**
   * The nearest center of each sample.
   *
   * @param X samples × features
   * @returns one position in `clusterCenters_` per sample
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  predict(X: MatrixLike, options: CallOptions = {}): Promise<Int32Array> {
    return this.run(this.predictWork(X, options), options);
  }

  /** The work of `predict`. */
  *predictWork(X: MatrixLike, options: CallOptions = {}): Work<Int32Array> {
    const verb = 'predict with';
    const assigned = yield* this.calling('predict', options, verb, ({ compute }) => this.#assign(X, verb, compute));
    return assigned.labels;
  }

  /**
   * The distance of each sample from each center.
   *
   * @param X samples × features
   * @returns samples × clusters
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  transform(X: MatrixLike, options: CallOptions = {}): Promise<Matrix> {
    return this.run(this.transformWork(X, options), options);
  }

  /** The work of `transform`. */
  *transformWork(X: MatrixLike, options: CallOptions = {}): Work<Matrix> {
    const verb = 'transform with';
    const distances = yield* this.answering('transform', verb, X, options, (samples, { compute }) =>
      distancesTo(this.clusterCenters_, samples, compute.products(taskOf(samples, this.params.nClusters, 1))),
    );
    if (distances.data.every(Number.isFinite)) return distances;
    throw new InvalidInputError({
      action: `transform with ${this.name}`,
      rule: 'the squared distances of X must not overflow',
      received: 'an infinite distance',
    });
  }

  /** Fits, then gives the distance of each of these samples from each center. */
  fitTransform(X: MatrixLike, y?: Target, options: FitOptions = {}): Promise<Matrix> {
    return drive(this.fitTransformWork(X, y, options), options);
  }

  /** The work of `fitTransform`. */
  *fitTransformWork(X: MatrixLike, y?: Target, options: FitOptions = {}): Work<Matrix> {
    yield* this.fitWork(X, y, options);
    return yield* this.transformWork(X, routeDevice(options, this, 'transform'));
  }

  /** Minus the weighted sum of the squared distances of samples from their nearest centers; `y` is not used. */
  score(X: MatrixLike, y?: Target, options: ScoreOptions = {}): Promise<number> {
    return this.run(this.scoreWork(X, y, options));
  }

  /** The work of `score`. */
  *scoreWork(X: MatrixLike, _y?: Target, options: ScoreOptions = {}): Work<number> {
    const { scoreOf } = yield* scoring();
    return yield* scoreOf(() => this.#assign(X, 'score with', cpuCompute()), options, `score ${this.name}`);
  }

  /** Names of the columns of `transform`: `kmeans0`, `kmeans1`, ... */
  getFeatureNamesOut(): string[] {
    return Array.from({ length: this.clusterCenters_.rows }, (_, k) => `kmeans${k}`);
  }

  protected override *learn(X: Matrix, _y: unknown, context: FitContext): Work<KMeansLearned> {
    const { findClusters } = yield* finding();
    return yield* findClusters(X, this.params, context);
  }

  /** Samples and centers around the centers' mean, near which differences keep their digits, and the labels. */
  *#assign(X: MatrixLike, verb: string, compute: Compute): Work<Assigned> {
    const data = yield* this.entering(X, verb);
    const origin = meanRow(this.clusterCenters_);
    const samples = yield* moveOrigin(data, origin, ones(data.rows), `${verb} ${this.name}`);
    const centers = this.clusterCenters_.map((value, _, k) => value - origin[k]!);
    const labels = new Int32Array(samples.rows);
    yield* assignOn(compute.products(taskOf(samples, centers.rows, 1)), samples, centers, labels);
    return { samples, centers, labels };
  }
}

function isTable(given: unknown): boolean {
  return typeof given === 'object' && given !== null;
}

function meanRow({ data, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns]! += data[at]! / rows;
  return mean;
}
