import type { Matrix, MatrixLike } from '../array/index.ts';
import { type ClassTarget, either, oneOf, type ParamsOf } from '../check/index.ts';
import { type ClassifierLearned, type FitContext, type FittedState, ProbabilisticClassifier } from '../core/index.ts';
import {
  classificationCriterion,
  type DecisionTreeClassifier,
  depthBound,
  maxFeaturesRule,
  outputClassWeight,
  type SingleMatrix,
  toSingle,
} from '../tree/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import type { ForestPaths } from './forest-paths.ts';
import { forestSpec } from './forest-spec.ts';
import { checkTrees, firstTrees, type GrownForest, isNested } from './grown-forest.ts';
import { meanValues } from './packed-forest.ts';

const growing = loadOnce(() => import('./grow-classifier.ts'));
const views = loadOnce(() => import('./views.ts'));

const spec = {
  /** How impure a node is: by `1 - sum p²` (Gini) or `-sum p log₂ p` (entropy, also called log loss). */
  criterion: classificationCriterion,
  ...forestSpec,
  /** Features looked at per node: a count, a share of all, their square root or logarithm; null for all. */
  maxFeatures: maxFeaturesRule({ default: 'sqrt' }),
  /** Weights of the classes, as in a tree; `'balanced_subsample'` balances the draws of each tree. */
  classWeight: either(outputClassWeight(), oneOf(['balanced_subsample'], { default: 'balanced_subsample' })),
};

export type RandomForestClassifierParams = ParamsOf<typeof spec>;

export interface RandomForestClassifierLearned extends ClassifierLearned, GrownForest {
  /** Class shares of the training samples, by the trees that did not draw them, per output. */
  readonly outOfBag: readonly Matrix[] | undefined;
  readonly oobScore: number | undefined;
}

/**
 * A random forest: decision trees on bootstrap samples, each node looking at a few random features, whose class shares
 * are averaged.
 *
 * Good without tuning, takes features of any scale and missing values, and is hard to overfit by more trees. The first
 * k trees are the same for every `nEstimators`. Cost: that of `nEstimators` trees, on `nJobs` workers.
 *
 * Differs from scikit-learn: `warmStartFrom` in `fit` takes the place of `warm_start`; `oobScore` is true or false;
 * `estimators_` know the labels; counts and shares are told apart by value (below 1 is a share).
 *
 * Source: L. Breiman, "Random Forests", Machine Learning 45 (2001).
 *
 * @example
 * import { RandomForestClassifier } from 'fitwise';
 * const X = [[1], [2], [3], [10], [11], [12]];
 * const y = ['low', 'low', 'low', 'high', 'high', 'high'];
 * const forest = await new RandomForestClassifier({ nEstimators: 20, randomState: 0 }).fit(X, y);
 * await forest.predict([[0], [20]]); // ['low', 'high']
 */
export class RandomForestClassifier extends ProbabilisticClassifier<typeof spec, RandomForestClassifierLearned> {
  static override readonly id = 'ensemble/RandomForestClassifier';
  static override readonly traits = {
    allowNaN: true,
    sparse: 'expanded',
    multiOutput: true,
    consumes: ['sampleWeight', 'warmStartFrom'],
    resamples: 'each tree draws rows: a row of weight 2 is drawn otherwise than two rows',
  } as const;

  constructor(params: Partial<RandomForestClassifierParams> = {}) {
    super(spec, params);
  }

  override lazyModules(learned: RandomForestClassifierLearned) {
    return [...super.lazyModules(learned), views];
  }

  /** The trees, as fitted estimators. */
  get estimators_(): readonly DecisionTreeClassifier[] {
    const fitted = this.fitted();
    return views.loaded().classificationTrees(fitted, this.params);
  }

  /** The rows that each tree drew, in the order of the draws; all rows where nothing is drawn. */
  get estimatorsSamples_(): readonly Int32Array[] {
    const { learned } = this;
    return views.loaded().samplesOf(learned);
  }

  /** Number of columns of `y`. */
  get nOutputs_(): number {
    return this.learned.classes.length;
  }

  /** Mean share of each feature in the trees' decrease of impurity. */
  get featureImportances_(): Float64Array {
    const { trees } = this.learned;
    return views.loaded().forestImportances(trees);
  }

  /** Class shares of each training sample by the trees that did not draw it; one matrix per output. With `oobScore`. */
  get oobDecisionFunction_(): Matrix | readonly Matrix[] {
    const { isMultiOutput, outOfBag } = this.learned;
    if (outOfBag === undefined) throw views.loaded().needsOobScore(this.name);
    return isMultiOutput ? outOfBag : outOfBag[0]!;
  }

  /** Accuracy of the out-of-bag predictions. With `oobScore`. */
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

  protected override *learnClasses(X: Matrix, y: ClassTarget, context: FitContext) {
    const { growClassifier } = yield* growing();
    return yield* growClassifier(X, y, this.params, context, this.name);
  }

  protected override *probabilities(X: Matrix): Work<readonly Matrix[]> {
    return yield* meanValues(this.learned.trees, toSingle(X, `predict with ${this.name}`), this.params.nJobs);
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

  override importState(state: FittedState<RandomForestClassifierLearned>): this {
    checkTrees(state.learned.trees);
    return super.importState(state);
  }
}
