import { integer, type ParamsOf, seed } from '../../check/index.ts';
import type { AnyEstimator, FlatParams, PARAMS } from '../../core/index.ts';
import type { Work } from '../../work/index.ts';
import { BaseSearch, type EvaluateCandidates, type SearchContext, type SearchOutcome } from './base-search.ts';
import { cloneTemplate } from './candidates.ts';
import type { Distribution } from './distributions.ts';
import { checkDistributions, distributionsRule } from './param-distributions.ts';
import { ParameterSampler } from './parameter-sampler.ts';
import { type EstimatorParams, searchSpec } from './search-spec.ts';
import { fromStored } from './stored-params.ts';

const spec = {
  ...searchSpec,
  /** Lists of values, or distributions, by parameter name; or a list of such records, one of which is drawn first. */
  paramDistributions: distributionsRule(),
  /** Number of candidates. */
  nIter: integer({ min: 1, default: 10 }),
  /** Seed of the draws. */
  randomState: seed(),
};

/** Values to draw for an estimator's parameters, by name: lists, or distributions where numbers are taken. */
export type ParamDistributions<E> = {
  readonly [K in keyof FlatParams<E>]?:
    | readonly FlatParams<E>[K][]
    | (number extends FlatParams<E>[K] ? Distribution : never);
};

export type RandomizedSearchCVParams<E> = Omit<ParamsOf<typeof spec>, 'estimator' | 'paramDistributions'> & {
  readonly paramDistributions: NoInfer<ParamDistributions<E>> | readonly NoInfer<ParamDistributions<E>>[];
};

/**
 * Tries random parameter values by cross-validation and becomes the best one, fitted on all samples. Where all values
 * are lists, distinct combinations are drawn; see `ParameterSampler`.
 *
 * Cost: one fit per candidate and split, and one more at the end.
 *
 * Source: J. Bergstra and Y. Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13 (2012).
 *
 * @example
 * import { loadIris, logUniform, RandomizedSearchCV, GaussianNB } from 'fitwise';
 * const { X, y } = await loadIris();
 * const paramDistributions = { varSmoothing: logUniform(1e-9, 1) };
 * const search = new RandomizedSearchCV(new GaussianNB(), { paramDistributions, nIter: 5, randomState: 0 });
 * const model = await search.fit(X, y);
 * model.bestScore_ > 0.9; // true
 */
export class RandomizedSearchCV<E extends AnyEstimator> extends BaseSearch<E, typeof spec> {
  static override readonly id: string = 'model-selection/RandomizedSearchCV';
  declare readonly [PARAMS]?: RandomizedSearchCVParams<E> & EstimatorParams<E>;

  static override fromParams({ estimator, ...params }: { estimator: AnyEstimator }): AnyEstimator {
    return new this(estimator, fromStored(params));
  }

  /** @throws InvalidParamError on an unknown or invalid parameter, and on names or values that the estimator refuses. */
  constructor(estimator: E, params: Partial<RandomizedSearchCVParams<E>> = {}) {
    super(spec, { ...params, estimator: cloneTemplate('RandomizedSearchCV', estimator) });
    checkDistributions(this.template(), this.params.paramDistributions);
  }

  protected override *search(
    evaluateCandidates: EvaluateCandidates,
    { context }: SearchContext,
  ): Work<SearchOutcome<object>> {
    const { paramDistributions, nIter } = this.params;
    yield* evaluateCandidates([...new ParameterSampler(paramDistributions, { nIter, randomState: context.seed })]);
    return { columns: {}, learned: {} };
  }
}
