import type { Matrix, MatrixLike } from '../array/index.ts';
import type { ParamsOf, RegressionTarget } from '../check/index.ts';
import { type FitContext, type FittedState, Regressor, type RegressorLearned } from '../core/index.ts';
import {
  type DecisionTreeRegressor,
  depthBound,
  joinColumns,
  maxFeaturesRule,
  regressionCriterion,
  type SingleMatrix,
  toSingle,
} from '../tree/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import type { ForestPaths } from './forest-paths.ts';
import { forestSpec } from './forest-spec.ts';
import { checkTrees, firstTrees, type GrownForest, isNested } from './grown-forest.ts';
import { meanValues } from './packed-forest.ts';

const growing = loadOnce(() => import('./grow-regressor.ts'));
const views = loadOnce(() => import('./views.ts'));

const spec = {
  /**
   * What a leaf minimises: the squared error (it predicts the mean), the absolute error (the median) or the Poisson
   * deviance (the mean, of targets that are not negative).
   */
  criterion: regressionCriterion,
  ...forestSpec,
  /** Features looked at per node: a count, a share of all, their square root or logarithm; null for all. */
  maxFeatures: maxFeaturesRule({ default: null }),
};

export type RandomForestRegressorParams = ParamsOf<typeof spec>;

export interface RandomForestRegressorLearned extends RegressorLearned, GrownForest {
  /** Training samples × outputs: predictions by the trees that did not draw them. */
  readonly outOfBag: Matrix | undefined;
  readonly oobScore: number | undefined;
}

/**
 * A random forest: decision trees on bootstrap samples, whose predictions are averaged.
 *
 * Good without tuning, takes features of any scale and missing values, and is hard to overfit by more trees; fewer
 * `maxFeatures` make the trees more different and quicker. The first k trees are the same for every `nEstimators`.
 * Cost: that of `nEstimators` trees, on `nJobs` workers.
 *
 * Differs from scikit-learn: `warmStartFrom` in `fit` takes the place of `warm_start`; `oobScore` is true or false;
 * counts and shares are told apart by value (below 1 is a share).
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001).
 *
 * @example
 * import { RandomForestRegressor } from 'fitwise';
 * const X = [[1], [2], [3], [10], [11], [12]];
 * const forest = await new RandomForestRegressor({ nEstimators: 20, randomState: 0 }).fit(X, [1, 1, 1, 5, 5, 5]);
 * await forest.predict([[0], [20]]); // [1, 5]
 */
export class RandomForestRegressor extends Regressor<typeof spec, RandomForestRegressorLearned> {
  static override readonly id = 'ensemble/RandomForestRegressor';
  static override readonly traits = {
    allowNaN: true,
    sparse: 'expanded',
    multiOutput: true,
    consumes: ['sampleWeight', 'warmStartFrom'],
    resamples: 'each tree draws rows: a row of weight 2 is drawn otherwise than two rows',
  } as const;

  constructor(params: Partial<RandomForestRegressorParams> = {}) {
    super(spec, params);
  }

  override lazyModules(learned: RandomForestRegressorLearned) {
    return [...super.lazyModules(learned), views];
  }

  /** The trees, as fitted estimators. */
  get estimators_(): readonly DecisionTreeRegressor[] {
    const fitted = this.fitted();
    return views.loaded().regressionTrees(fitted, this.params);
  }

  /** The rows that each tree drew, in the order of the draws; all rows where nothing is drawn. */
  get estimatorsSamples_(): readonly Int32Array[] {
    const { learned } = this;
    return views.loaded().samplesOf(learned);
  }

  /** Number of columns of `y`. */
  get nOutputs_(): number {
    return this.learned.trees[0]!.nOutputs;
  }

  /** Mean share of each feature in the trees' decrease of impurity. */
  get featureImportances_(): Float64Array {
    const { trees } = this.learned;
    return views.loaded().forestImportances(trees);
  }

  /** Prediction for each training sample by the trees that did not draw it. With `oobScore`. */
  get oobPrediction_(): Float64Array | Matrix {
    const { isMultiOutput, outOfBag } = this.learned;
    if (outOfBag === undefined) throw views.loaded().needsOobScore(this.name);
    return isMultiOutput ? outOfBag : outOfBag.data;
  }

  /** R² of the out-of-bag predictions. With `oobScore`. */
  get oobScore_(): number {
    const { oobScore } = this.learned;
    if (oobScore === undefined) throw views.loaded().needsOobScore(this.name);
    return oobScore;
  }

  /**
   * The leaf that each sample ends in, in each tree.
   *
   * @param X samples × features
   * @returns samples × trees
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  apply(X: MatrixLike): Promise<Matrix> {
    return this.run(this.applyWork(X));
  }

  /** The work of `apply`. */
  *applyWork(X: MatrixLike): Work<Matrix> {
    const { forestLeaves } = yield* views();
    return yield* forestLeaves(this.learned.trees, yield* this.#enterSingle(X));
  }

  /**
   * The nodes that each sample passes, in all trees side by side.
   *
   * @param X samples × features
   * @returns samples × nodes, and where each tree's nodes begin
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  decisionPath(X: MatrixLike): Promise<ForestPaths> {
    return this.run(this.decisionPathWork(X));
  }

  /** The work of `decisionPath`. */
  *decisionPathWork(X: MatrixLike): Work<ForestPaths> {
    const { forestPaths } = yield* views();
    return yield* forestPaths(this.learned.trees, yield* this.#enterSingle(X));
  }

  *#enterSingle(X: MatrixLike): Work<SingleMatrix> {
    return toSingle(yield* this.entering(X, 'apply'), `apply ${this.name}`);
  }

  protected override *learnValues(X: Matrix, y: RegressionTarget, context: FitContext) {
    const { growRegressor } = yield* growing();
    return yield* growRegressor(X, y, this.params, context, this.name);
  }

  protected override *regress(X: Matrix): Work<Matrix> {
    return joinColumns(
      yield* meanValues(this.learned.trees, toSingle(X, `predict with ${this.name}`), this.params.nJobs),
    );
  }

  /** The first trees are the same for every `nEstimators`; out-of-bag results are those of all. */
  nestedParam(): 'nEstimators' | undefined {
    return isNested(this.params) ? 'nEstimators' : undefined;
  }

  /** The forest of the first trees, as a fit with this smaller `nEstimators` would have grown it. */
  cutTo(nEstimators: number): this {
    const state = this.fitted(`cut ${this.name}`);
    const learned = { ...state.learned, ...firstTrees(state.learned, nEstimators) };
    // Trees that are whole stay so: the check of `importState` is left out.
    return super.importState.call(this.withParams({ nEstimators } as object), { ...state, learned }) as this;
  }

  /** Trees that stay within a tighter `maxDepth` are the same under it. */
  boundParam(): 'maxDepth' | undefined {
    return depthBound(this.params);
  }

  override importState(state: FittedState<RandomForestRegressorLearned>): this {
    checkTrees(state.learned.trees);
    return super.importState(state);
  }
}
