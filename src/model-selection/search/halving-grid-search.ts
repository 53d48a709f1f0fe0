import { type ParamsOf, value } from '../../check/index.ts';
import type { AnyEstimator, PARAMS } from '../../core/index.ts';
import { type GridLike, ParameterGrid } from '../parameter-grid.ts';
import { checkCandidates, cloneTemplate } from './candidates.ts';
import type { ParamGrid } from './grid-search.ts';
import { HalvingSearch, halvingSpec } from './halving.ts';
import type { EstimatorParams } from './search-spec.ts';
import { fromStored } from './stored-params.ts';

const spec = {
  ...halvingSpec,
  /** Values to try, by parameter name; every combination is a candidate. A list of such grids is tried one by one. */
  paramGrid: value<GridLike | readonly GridLike[]>({
    default: {},
    expected: 'lists of values by parameter name, or a list of such grids',
    accepts: grid => typeof grid === 'object' && grid !== null,
  }),
};

export type HalvingGridSearchCVParams<E> = Omit<ParamsOf<typeof spec>, 'estimator' | 'paramGrid'> & {
  readonly paramGrid: NoInfer<ParamGrid<E>> | readonly NoInfer<ParamGrid<E>>[];
};

/**
 * Tries every combination of parameter values on few samples (or little of another resource), and the best of them on
 * `factor` times as many, round by round; becomes the best of the last round, fitted on all samples.
 *
 * Among candidates of equal score the later ones go on; scikit-learn's order there depends on numpy's sort.
 *
 * Source: K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization",
 * AISTATS (2016).
 *
 * @example
 * import { GaussianNB, HalvingGridSearchCV, loadIris } from 'fitwise';
 * const { X, y } = await loadIris();
 * const paramGrid = { varSmoothing: [1e-9, 1e-6, 1e-3, 1] };
 * const model = await new HalvingGridSearchCV(new GaussianNB(), { paramGrid, randomState: 0 }).fit(X, y);
 * model.nCandidates_; // [4, 2]
 * model.nResources_; // [50, 150]
 */
export class HalvingGridSearchCV<E extends AnyEstimator> extends HalvingSearch<E, typeof spec> {
  static override readonly id: string = 'model-selection/HalvingGridSearchCV';
  declare readonly [PARAMS]?: HalvingGridSearchCVParams<E> & EstimatorParams<E>;

  static override fromParams({ estimator, ...params }: { estimator: AnyEstimator }): AnyEstimator {
    return new this(estimator, fromStored(params));
  }

  /** @throws InvalidParamError on an unknown or invalid parameter, and on grid names that the estimator lacks. */
  constructor(estimator: E, params: Partial<HalvingGridSearchCVParams<E>> = {}) {
    super(spec, { ...params, estimator: cloneTemplate('HalvingGridSearchCV', estimator) });
    const grid = new ParameterGrid(this.params.paramGrid);
    checkCandidates(this.template(), grid);
    this.checkResource(grid.grids.flatMap(Object.keys));
  }

  protected override candidates(): readonly Readonly<Record<string, unknown>>[] {
    return [...new ParameterGrid(this.params.paramGrid)];
  }
}
