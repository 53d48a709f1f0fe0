import type { Matrix, MatrixLike } from '../../array/index.ts';
import {
  checkOptions,
  checkSampleWeight,
  either,
  integer,
  oneOf,
  type ParamsOf,
  real,
  seed,
  type Target,
  value,
} from '../../check/index.ts';
import {
  type CallOptions,
  Clusterer,
  type FitContext,
  type FitOptions,
  routeDevice,
  type ScoreOptions,
} from '../../core/index.ts';
import { convergenceWarning, InvalidInputError, warn } from '../../errors/index.ts';
import { type Compute, cpuCompute, cpuProducts, type Products, productsOn, type Task } from '../../kernels/index.ts';
import { RandomState } from '../../random/index.ts';
import { drive, type Work } from '../../work/index.ts';
import { bestRun } from './best-run.ts';
import { elkan } from './elkan.ts';
import { type Init, type Seeding, seedingBy } from './first-centers.ts';
import { assignOn, lloyd } from './lloyd.ts';
import { distancesTo, inertiaOf } from './nearest-centers.ts';
import { centreSamples, moveOrigin, type Samples } from './samples.ts';

/** Iterations that a run is expected to take, for the choice of a device. */
const EXPECTED_ITERATIONS = 20;

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

interface Learned {
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
export class KMeans extends Clusterer<typeof spec, Learned> {
  static override readonly id = 'cluster/KMeans';
  static override readonly traits = {
    sparse: 'expanded',
    consumes: ['sampleWeight'],
    gpu: ['fit', 'predict', 'transform'],
  } as const;

  constructor(params: Partial<KMeansParams> = {}) {
    super(spec, params);
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
    const distances = yield* this.calling('transform', options, verb, ({ compute }) => {
      const samples = this.enter(X, verb);
      return distancesTo(this.clusterCenters_, samples, productsOn(compute, taskOf(samples, this.params.nClusters, 1)));
    });
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
    checkOptions(options, ['sampleWeight'], `score ${this.name}`);
    const { sampleWeight } = options;
    const { samples, centers, labels } = yield* this.#assign(X, 'score with', cpuCompute());
    const weights =
      sampleWeight === undefined
        ? ones(samples.rows)
        : checkSampleWeight(sampleWeight, samples.rows, `score ${this.name}`);
    return -(yield* inertiaOf({ X: samples, weights }, centers, labels));
  }

  /** Names of the columns of `transform`: `kmeans0`, `kmeans1`, ... */
  getFeatureNamesOut(): string[] {
    return Array.from({ length: this.clusterCenters_.rows }, (_, k) => `kmeans${k}`);
  }

  protected override *learn(X: Matrix, _y: unknown, context: FitContext): Work<Learned> {
    const { nClusters, init } = this.params;
    checkCount(X.rows, nClusters, context.action);
    const seeding = seedingBy(init, X, nClusters, context.action);
    const samples = yield* centreSamples(X, context.sampleWeight ?? ones(X.rows), context.action);
    try {
      return yield* this.#learnFrom(samples, seeding, context);
    } finally {
      samples.rows.close();
    }
  }

  *#learnFrom(samples: Samples, seeding: Seeding, context: FitContext): Work<Learned> {
    const { nClusters, maxIter, tol, algorithm } = this.params;
    const limits = { maxIter, tol: tol * samples.variance };
    const nRuns = countRuns(this.params);
    const products = this.#products(samples.X, nRuns, context.compute);
    const assigner = () => (algorithm === 'elkan' ? elkan(samples.X, nClusters) : lloyd(samples, products));
    const plan = { ...limits, nRuns, seeding, assigner };
    const { centers, labels, inertia, nIter, hasSettled } = yield* bestRun(
      samples,
      plan,
      new RandomState(context.seed),
    );
    if (!hasSettled) warnUnsettled(maxIter);
    warnOfDuplicates(labels, nClusters);
    return { centers: centers.map((value, _, k) => value + samples.mean[k]!), labels, inertia, nIter };
  }

  /** What nearest centers are found with; bounds on distances are kept on the processor. */
  #products(X: Matrix, nRuns: number, compute: Compute): Products {
    const { algorithm, nClusters, maxIter } = this.params;
    if (algorithm === 'elkan') return compute.without("algorithm 'elkan', which has no GPU kernels") ?? cpuProducts;
    return productsOn(compute, taskOf(X, nClusters, nRuns * Math.min(maxIter, EXPECTED_ITERATIONS)));
  }

  /** Samples and centers around the centers' mean, near which differences keep their digits, and the labels. */
  *#assign(
    X: MatrixLike,
    verb: string,
    compute: Compute,
  ): Work<{ samples: Matrix; centers: Matrix; labels: Int32Array }> {
    const data = this.enter(X, verb);
    const origin = meanRow(this.clusterCenters_);
    const { X: samples } = yield* moveOrigin(data, origin, ones(data.rows), `${verb} ${this.name}`);
    const centers = this.clusterCenters_.map((value, _, k) => value - origin[k]!);
    const labels = new Int32Array(samples.rows);
    yield* assignOn(productsOn(compute, taskOf(samples, centers.rows, 1)), samples, centers, labels);
    return { samples, centers, labels };
  }
}

/** Rows against centers, some times over; the rows travel once, the labels every time. */
function taskOf({ rows, columns }: Matrix, nClusters: number, times: number): Task {
  return { operations: rows * columns * nClusters * times, numbers: rows * (columns + times) };
}

function isTable(given: unknown): boolean {
  return typeof given === 'object' && given !== null;
}

function checkCount(rows: number, nClusters: number, action: string): void {
  if (rows >= nClusters) return;
  throw new InvalidInputError({
    action,
    rule: `nSamples must be >= nClusters (${nClusters})`,
    received: `nSamples ${rows}`,
  });
}

function countRuns({ init, nInit }: KMeansParams): number {
  const isGiven = typeof init === 'object';
  if (nInit === 'auto') return isGiven || init === 'k-means++' ? 1 : 10;
  if (isGiven && nInit > 1) {
    warn({ kind: 'user', source: 'KMeans', message: `given centers allow one run only, not nInit ${nInit}` });
  }
  return isGiven ? 1 : nInit;
}

function warnUnsettled(maxIter: number): void {
  const message = `the best run had not settled after ${maxIter} iterations; increase maxIter or tol`;
  warn(convergenceWarning('KMeans', message));
}

function warnOfDuplicates(labels: Int32Array, nClusters: number): void {
  const isUsed = new Uint8Array(nClusters);
  for (let i = 0; i < labels.length; i++) isUsed[labels[i]!] = 1;
  const distinct = isUsed.reduce((sum, used) => sum + used, 0);
  if (distinct === nClusters) return;
  const message = `only ${distinct} of ${nClusters} clusters hold samples, possibly because samples repeat; decrease nClusters`;
  warn(convergenceWarning('KMeans', message));
}

function meanRow({ data, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns]! += data[at]! / rows;
  return mean;
}

function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}
