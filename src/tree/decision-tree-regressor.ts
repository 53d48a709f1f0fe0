import { type CsrMatrix, type Matrix, type MatrixLike, pairwiseSum } from '../array/index.ts';
import { oneOf, type ParamsOf, type RegressionTarget, seed, type Target } from '../check/index.ts';
import { type FitContext, type FitOptions, type FittedState, Regressor, type RegressorLearned } from '../core/index.ts';
import { loadOnce, type Work } from '../work/index.ts';
import { checkTree } from './check-tree.ts';
import { countFeatures } from './count-features.ts';
import { depthBound, growthSpec, maxFeaturesRule, regressionCriterion } from './growth-params.ts';
import { treeImportances } from './importances.ts';
import type { PruningPath } from './pruning.ts';
import { type SingleMatrix, toSingle } from './single-matrix.ts';
import { leavesOf } from './traverse.ts';
import { countLeaves, type TreeArrays } from './tree-arrays.ts';
import { addTreeValues, joinColumns, zeroValues } from './tree-predict.ts';

const growing = loadOnce(() => import('./growing.ts'));
const paths = loadOnce(() => import('./decision-path.ts'));

const spec = {
  /**
   * What a leaf minimises: the squared error (it predicts the mean), the absolute error (the median) or the Poisson
   * deviance (the mean, of targets that are not negative).
   */
  criterion: regressionCriterion,
  /** The best of all cuts of each feature looked at, or the best of one random cut per feature. */
  splitter: oneOf(['best', 'random'], { default: 'best' }),
  ...growthSpec,
  /** Features looked at per node: a count, a share of all, their square root or logarithm; null for all. */
  maxFeatures: maxFeaturesRule({ default: null }),
  /** Seed of the order of features, and of random cuts. */
  randomState: seed(),
};

export type DecisionTreeRegressorParams = ParamsOf<typeof spec>;

interface DecisionTreeRegressorLearned extends RegressorLearned {
  readonly tree: TreeArrays;
}

/**
 * A decision tree: splits the samples by thresholds on single features so that the targets of a side are alike, and
 * predicts their mean (or median) in the leaf.
 *
 * Easy to read and quick, takes features of any scale and missing values, but follows noise and predicts steps: prune
 * it (`ccpAlpha`), bound it, or take a `RandomForestRegressor`. Features are compared in single precision. Missing
 * values go to the side that serves the split best, or to the larger side where none were missing in training.
 *
 * Cost: O(features × samples) per level of the tree; with the absolute error a factor log samples more. Differs from
 * scikit-learn: `maxFeatures`, `minSamplesSplit` and `minSamplesLeaf` below 1 are shares, and no sample weight is
 * negative.
 *
 * Source: L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and Regression Trees" (1984).
 *
 * @example
 * import { DecisionTreeRegressor } from 'fitwise';
 * const tree = await new DecisionTreeRegressor({ maxDepth: 1 }).fit([[1], [2], [8], [9]], [10, 12, 30, 32]);
 * await tree.predict([[0], [7]]); // [11, 31]
 * tree.tree_.threshold[0]; // 5
 */
export class DecisionTreeRegressor extends Regressor<typeof spec, DecisionTreeRegressorLearned> {
  static override readonly id = 'tree/DecisionTreeRegressor';
  static override readonly traits = {
    allowNaN: true,
    sparse: 'expanded',
    multiOutput: true,
    consumes: ['sampleWeight'],
  } as const;

  constructor(params: Partial<DecisionTreeRegressorParams> = {}) {
    super(spec, params);
  }

  /** The tree, one array element per node. */
  get tree_(): TreeArrays {
    return this.learned.tree;
  }

  /** Number of columns of `y`. */
  get nOutputs_(): number {
    return this.tree_.nOutputs;
  }

  /** Number of features looked at per node. */
  get maxFeatures_(): number {
    return countFeatures(this.params.maxFeatures, this.nFeaturesIn_);
  }

  /** Share of each feature in the total decrease of impurity. */
  get featureImportances_(): Float64Array {
    return treeImportances(this.tree_);
  }

  /** Most splits on the way to a leaf. */
  getDepth(): number {
    return this.tree_.maxDepth;
  }

  getNLeaves(): number {
    return countLeaves(this.tree_);
  }

  /**
   * The number of the leaf that each sample ends in.
   *
   * @param X samples × features
   * @returns one node of `tree_` per sample
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  apply(X: MatrixLike): Promise<Int32Array> {
    return this.run(this.applyWork(X));
  }

  /** The work of `apply`. */
  *applyWork(X: MatrixLike): Work<Int32Array> {
    return yield* leavesOf(this.tree_, yield* this.#enterSingle(X));
  }

  /**
   * The nodes that each sample passes.
   *
   * @param X samples × features
   * @returns samples × nodes, 1 where a sample passes
   * @throws NotFittedError before `fit`. @throws InvalidInputError on data that break a rule.
   */
  decisionPath(X: MatrixLike): Promise<CsrMatrix> {
    return this.run(this.decisionPathWork(X));
  }

  /** The work of `decisionPath`. */
  *decisionPathWork(X: MatrixLike): Work<CsrMatrix> {
    const { decisionPathOf } = yield* paths();
    return yield* decisionPathOf(this.tree_, yield* this.#enterSingle(X));
  }

  /**
   * The values of `ccpAlpha` at which the full tree of these data loses branches; this model stays as it is.
   *
   * @returns ascending alphas, and the leaves' total impurity from each on
   */
  async costComplexityPruningPath(X: MatrixLike, y: Target, options: FitOptions = {}): Promise<PruningPath> {
    const full = new DecisionTreeRegressor({ ...this.params, ccpAlpha: 0 });
    await full.fit(X, y, options);
    const { pruningPath } = await import('./growing.ts');
    return pruningPath(full.tree_);
  }

  *#enterSingle(X: MatrixLike): Work<SingleMatrix> {
    return toSingle(yield* this.entering(X, 'apply'), `apply ${this.name}`);
  }

  protected override *learnValues(X: Matrix, y: RegressionTarget, context: FitContext) {
    const { growTree, growthRules, pruneTree, RandomStream, staysWithin, valueTreeData, warnOfOldCriterion } =
      yield* growing();
    const { action, sampleWeight } = context;
    const { criterion, ccpAlpha } = this.params;
    warnOfOldCriterion(criterion, this.name);
    const weights = sampleWeight ?? new Float64Array(X.rows).fill(1);
    const shape = { rows: X.rows, columns: X.columns, outputs: y.values.columns, classes: 1, action };
    const rules = growthRules(this.params, { ...shape, totalWeight: pairwiseSum(weights) });
    const known = (context.looser as DecisionTreeRegressorLearned | undefined)?.tree;
    if (known !== undefined && staysWithin(known, rules)) return { tree: known };
    const data = yield* valueTreeData(X, y, rules, action);
    const full = yield* growTree(data, rules, weights, new RandomStream(context.seed).randint(0, 2 ** 31 - 1));
    return { tree: ccpAlpha > 0 ? pruneTree(full, ccpAlpha) : full };
  }

  protected override *regress(X: Matrix): Work<Matrix> {
    const columns = zeroValues(this.tree_, X.rows);
    yield* addTreeValues(this.tree_, toSingle(X, `predict with ${this.name}`), columns);
    return joinColumns(columns);
  }

  /** A tree that stays within a tighter `maxDepth` is the same under it. */
  boundParam(): 'maxDepth' | undefined {
    return depthBound(this.params);
  }

  override importState(state: FittedState<DecisionTreeRegressorLearned>): this {
    checkTree(state.learned.tree);
    return super.importState(state);
  }
}
