import { listOf, type ParamsOf, value } from '../../check/index.ts';
import type { AnyEstimator, FlatParams, PARAMS } from '../../core/index.ts';
import type { Work } from '../../work/index.ts';
import { type GridLike, ParameterGrid } from '../parameter-grid.ts';
import { BaseSearch, checkCandidates, cloneTemplate, type EvaluateCandidates, searchSpec } from './base-search.ts';

const spec = {
  ...searchSpec,
  /** Values to try, by parameter name; every combination is a candidate. */
  paramGrid: value<GridLike>({ default: {}, expected: 'lists of values by parameter name', accepts: isGrid }),
  /** Several grids, one after the other, instead of `paramGrid`. */
  paramGrids: listOf(value<GridLike>({ default: {}, expected: 'lists of values by parameter name', accepts: isGrid }), {
    default: [],
  }),
};

/** Values to try for an estimator's parameters, by name; a step's name takes other estimators. */
export type ParamGrid<E> = { readonly [K in keyof FlatParams<E>]?: readonly FlatParams<E>[K][] };

export type GridSearchCVParams<E> = Omit<ParamsOf<typeof spec>, 'estimator' | 'paramGrid' | 'paramGrids'> & {
  readonly paramGrid: NoInfer<ParamGrid<E>>;
  readonly paramGrids: readonly NoInfer<ParamGrid<E>>[];
};

type SearchParams<E> = GridSearchCVParams<E> & { readonly estimator: E } & {
  readonly [K in keyof FlatParams<E> & string as `estimator__${K}`]: FlatParams<E>[K];
};

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
    return new this(estimator, params);
  }

  /** @throws InvalidParamError on an unknown or invalid parameter, and on grid names that the estimator lacks. */
  constructor(estimator: E, params: Partial<GridSearchCVParams<E>> = {}) {
    super(spec, { ...params, estimator: cloneTemplate(estimator) });
    checkCandidates(this.template(), this.#grid());
  }

  protected override *search(evaluateCandidates: EvaluateCandidates): Work<void> {
    yield* evaluateCandidates([...this.#grid()]);
  }

  #grid(): ParameterGrid {
    const { paramGrid, paramGrids } = this.params;
    return new ParameterGrid(paramGrids.length === 0 ? paramGrid : paramGrids);
  }
}

function isGrid(candidate: unknown): boolean {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}
