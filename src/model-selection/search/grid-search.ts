import { type ParamsOf, value } from '../../check/index.ts';
import type { AnyEstimator, FlatParams, PARAMS } from '../../core/index.ts';
import type { Work } from '../../work/index.ts';
import { type GridLike, ParameterGrid } from '../parameter-grid.ts';
import { BaseSearch, type EvaluateCandidates, type SearchOutcome } from './base-search.ts';
import { checkCandidates, cloneTemplate } from './candidates.ts';
import { type EstimatorParams, searchSpec } from './search-spec.ts';
import { fromStored } from './stored-params.ts';

const spec = {
  ...searchSpec,
  /** Values to try, by parameter name; every combination is a candidate. A list of such grids is tried one by one. */
  paramGrid: value<GridLike | readonly GridLike[]>({
    default: {},
    expected: 'lists of values by parameter name, or a list of such grids',
    accepts: grid => typeof grid === 'object' && grid !== null,
  }),
};

/** Values to try for an estimator's parameters, by name; a step's name takes other estimators. */
export type ParamGrid<E> = { readonly [K in keyof FlatParams<E>]?: readonly FlatParams<E>[K][] };

export type GridSearchCVParams<E> = Omit<ParamsOf<typeof spec>, 'estimator' | 'paramGrid'> & {
  readonly paramGrid: NoInfer<ParamGrid<E>> | readonly NoInfer<ParamGrid<E>>[];
};

type SearchParams<E> = GridSearchCVParams<E> & EstimatorParams<E>;

/**
 * Tries every combination of parameter values by cross-validation and becomes the best one, fitted on all samples.
 * Ties go to the earlier candidate. Candidates that are pipelines with the same first steps share those steps' fits.
 *
 * Cost: one fit per candidate and split, and one more at the end.
 *
 * @example
 * import { GridSearchCV, KNeighborsClassifier, loadIris } from 'fitwise';
 * const { X, y } = await loadIris();
 * const search = new GridSearchCV(new KNeighborsClassifier(), { paramGrid: { nNeighbors: [1, 5, 9] } });
 * const model = await search.fit(X, y);
 * model.bestParams_; // { nNeighbors: 5 }
 */
export class GridSearchCV<E extends AnyEstimator> extends BaseSearch<E, typeof spec> {
  static override readonly id: string = 'model-selection/GridSearchCV';
  declare readonly [PARAMS]?: SearchParams<E>;

  static override fromParams({ estimator, ...params }: { estimator: AnyEstimator }): AnyEstimator {
    return new this(estimator, fromStored(params));
  }

  /** @throws InvalidParamError on an unknown or invalid parameter, and on grid names that the estimator lacks. */
  constructor(estimator: E, params: Partial<GridSearchCVParams<E>> = {}) {
    super(spec, { ...params, estimator: cloneTemplate('GridSearchCV', estimator) });
    checkCandidates(this.template(), new ParameterGrid(this.params.paramGrid));
  }

  protected override *search(evaluateCandidates: EvaluateCandidates): Work<SearchOutcome<object>> {
    yield* evaluateCandidates([...new ParameterGrid(this.params.paramGrid)]);
    return { columns: {}, learned: {} };
  }
}
