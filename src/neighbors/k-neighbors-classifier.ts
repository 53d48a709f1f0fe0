import { type CsrMatrix, Matrix, type MatrixLike } from '../array/index.ts';
import type { ClassTarget, ParamsOf } from '../check/index.ts';
import { type CallContext, type ClassifierLearned, type FitContext, ProbabilisticClassifier } from '../core/index.ts';
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

export type KNeighborsClassifierParams = ParamsOf<typeof spec>;

interface Learned extends ClassifierLearned {
  readonly index: NeighborIndex;
  /** Position of each sample's label in `classes`, one list per output. */
  readonly codes: readonly Int32Array[];
}

/**
 * Classifies by the votes of the nearest samples: `p(class) = sum of the weights of its neighbors / sum of all`. With
 * `weights: 'distance'` a neighbor at distance 0 leaves all others without a vote. The smallest class wins a tie.
 *
 * Cost of a prediction: O(samples × features) by brute force; O(features × log samples) by a tree where features are
 * few. Source: T. M. Cover and P. E. Hart, "Nearest neighbor pattern classification", 1967.
 *
 * On a GPU (`device`): brute force with the Euclidean metric, with the processor's results to the bit.
 *
 * Differs from scikit-learn: distances are computed directly, not by the expanded square; of equally distant samples
 * the first in X is nearer, whatever the algorithm; `'auto'` takes brute force for a function as metric, and a ball
 * tree holds true metrics only; `'braycurtis'` divides by `sum |a + b|` here as in `pairwiseDistances`; a function as
 * `weights` is given the distances of one sample at a time; `n_jobs` is left out; sparse samples are made dense.
 *
 * @example
 * import { KNeighborsClassifier } from 'fitwise';
 * const model = await new KNeighborsClassifier({ nNeighbors: 3 }).fit([[0], [1], [2], [3]], ['a', 'a', 'b', 'b']);
 * (await model.predict([[1.1]]))[0]; // 'a'
 * (await model.predictProba([[0.9]])).toArray(); // [[0.666..., 0.333...]]
 */
export class KNeighborsClassifier extends ProbabilisticClassifier<typeof spec, Learned> {
  static override readonly id = 'neighbors/KNeighborsClassifier';
  static override readonly traits = {
    sparse: 'expanded',
    multiOutput: true,
    gpu: ['predict', 'predictProba', 'predictLogProba', 'kneighbors'],
  } as const;

  constructor(params: Partial<KNeighborsClassifierParams> = {}) {
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

  protected override *learnClasses(
    X: Matrix,
    y: ClassTarget,
    context: FitContext,
  ): Work<Omit<Learned, keyof ClassifierLearned>> {
    const { indexSamples } = yield* indexing();
    const index = yield* indexSamples(X, this.params, context.action);
    return { index, codes: y.outputs.map(({ codes }) => codes) };
  }

  protected override *probabilities(X: Matrix, context: CallContext): Work<readonly Matrix[]> {
    const { index, codes, classes } = this.learned;
    const { indices, distances } = yield* findNeighbors(index, X, this.params, this.params.nNeighbors, context);
    const weights = weighNeighbors(this.params.weights, distances, context.action);
    return codes.map((list, output) => votes(indices, weights, list, classes[output]!.length));
  }
}

/** The share of each class in the weights, queries × classes. */
function votes(indices: readonly Int32Array[], weights: Matrix, codes: Int32Array, classes: number): Matrix {
  const shares = Matrix.zeros(indices.length, classes);
  indices.forEach((list, i) => {
    const [own, row] = [weights.row(i), shares.row(i)];
    list.forEach((sample, rank) => {
      row[codes[sample]!]! += own[rank]!;
    });
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let j = 0; j < classes; j++) row[j]! /= total;
  });
  return shares;
}
