import { type CsrMatrix, Matrix, type MatrixLike } from '../array/index.ts';
import type { ParamsOf, RegressionTarget } from '../check/index.ts';
import { type CallContext, type FitContext, Regressor, type RegressorLearned } from '../core/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import type { DistanceChoice } from '../metrics/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { effectiveMetric } from './metric.ts';
import {
  findNeighbors,
  type KNeighborsOptions,
  type NeighborIndex,
  type Neighbors,
  searchModules,
} from './neighbor-index.ts';
import { spec } from './neighbor-spec.ts';
import { neighborTraits } from './neighbor-traits.ts';
import type { KNeighborsGraphOptions } from './neighbors-graph.ts';
import { weighNeighbors } from './weigh-neighbors.ts';

const indexing = loadOnce(() => import('./index-samples.ts'));
const graphs = loadOnce(() => import('./neighbors-graph.ts'));

/** What errors of `kneighbors` say that it does. */
const FINDING = 'find neighbors with';

export type KNeighborsRegressorParams = ParamsOf<typeof spec>;

interface Learned extends RegressorLearned {
  readonly index: NeighborIndex;
  /** Targets, samples × outputs. */
  readonly values: Matrix;
}

/**
 * Predicts the weighted mean of the nearest samples' values. With `weights: 'distance'` a neighbor at distance 0
 * leaves all others without weight.
 *
 * Cost of a prediction: O(samples × features) by brute force; O(features × log samples) by a tree where features are
 * few. Source: N. S. Altman, "An introduction to kernel and nearest-neighbor nonparametric regression", 1992.
 *
 * Differs from scikit-learn as `KNeighborsClassifier` does; text as y is refused.
 *
 * On a GPU (`device`): brute force with the Euclidean metric, with the processor's results to the bit.
 *
 * @example
 * import { KNeighborsRegressor } from 'fitwise';
 * const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit([[0], [1], [2], [3]], [0, 0, 1, 1]);
 * (await model.predict([[1.5]]))[0]; // 0.5
 */
export class KNeighborsRegressor extends Regressor<typeof spec, Learned> {
  static override readonly id = 'neighbors/KNeighborsRegressor';
  static override readonly traits = {
    sparse: 'expanded',
    multiOutput: true,
    gpu: ['predict', 'kneighbors'],
  } as const;

  constructor(params: Partial<KNeighborsRegressorParams> = {}) {
    super(spec, params);
  }

  override get traits() {
    return neighborTraits(super.traits, this.params.metric);
  }

  override lazyModules(learned: Learned) {
    return [...super.lazyModules(learned), ...searchModules(learned.index, this.params)];
  }

  /** The metric by the name it really has: `'euclidean'` for `'minkowski'` of order 2. */
  get effectiveMetric_(): DistanceChoice {
    this.fitted();
    return effectiveMetric(this.params);
  }

  /** Number of samples in `fit`. */
  get nSamplesFit_(): number {
    return this.learned.index.samples.rows;
  }

  /**
   * The nearest samples of `fit`.
   *
   * @param X samples × features; each sample of `fit` among the others where null
   * @returns positions and distances, nearest first
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule, and on too few samples.
   */
  kneighbors(X: MatrixLike | null = null, options: KNeighborsOptions = {}): Promise<Neighbors> {
    return this.run(this.kneighborsWork(X, options), options);
  }

  /** The work of `kneighbors`. */
  *kneighborsWork(X: MatrixLike | null = null, options: KNeighborsOptions = {}): Work<Neighbors> {
    const { nNeighbors = this.params.nNeighbors, ...call } = options;
    return yield* this.calling('kneighbors', call, FINDING, context => this.#find(X, nNeighbors, context));
  }

  *#find(X: MatrixLike | null, nNeighbors: number, context: CallContext): Work<Neighbors> {
    const queries = X === null ? null : yield* this.entering(X, FINDING);
    return yield* findNeighbors(this.learned.index, queries, this.params, nNeighbors, context);
  }

  /**
   * The nearest samples of `fit` as a sparse matrix.
   *
   * @param X samples × features; each sample of `fit` among the others where null
   * @returns samples × samples of `fit`
   */
  kneighborsGraph(X: MatrixLike | null = null, options: KNeighborsGraphOptions = {}): Promise<CsrMatrix> {
    return this.run(this.kneighborsGraphWork(X, options), options);
  }

  /** The work of `kneighborsGraph`. */
  *kneighborsGraphWork(X: MatrixLike | null = null, options: KNeighborsGraphOptions = {}): Work<CsrMatrix> {
    const { mode, ...own } = options;
    const { graphOf } = yield* graphs();
    return graphOf(yield* this.kneighborsWork(X, own), this.nSamplesFit_, mode);
  }

  protected override *learnValues(
    X: Matrix,
    y: RegressionTarget,
    context: FitContext,
  ): Work<Omit<Learned, keyof RegressorLearned>> {
    const { indexSamples } = yield* indexing();
    return { index: yield* indexSamples(X, this.params, context.action), values: y.values };
  }

  protected override *regress(X: Matrix, context: CallContext): Work<Matrix> {
    const { index, values } = this.learned;
    const { indices, distances } = yield* findNeighbors(index, X, this.params, this.params.nNeighbors, context);
    const weights = weighNeighbors(this.params.weights, distances, context.action);
    const means = Matrix.zeros(X.rows, values.columns).map((_, i, output) =>
      meanOf(indices[i]!, weights.row(i), values, output),
    );
    if (means.data.every(Number.isFinite)) return means;
    const { action } = context;
    throw new InvalidInputError({ action, rule: 'sums of y must not overflow', received: 'an infinite mean' });
  }
}

/** The weighted mean of the neighbors' values of one output. */
function meanOf(neighbors: Int32Array, weights: Float64Array, values: Matrix, output: number): number {
  let [sum, total] = [0, 0];
  neighbors.forEach((sample, rank) => {
    sum += weights[rank]! * values.get(sample, output);
    total += weights[rank]!;
  });
  return sum / total;
}
