import { either, integer, oneOf, type ParamsOf } from '../../check/index.ts';
import type { AnyEstimator, PARAMS } from '../../core/index.ts';
import { InvalidParamError } from '../../errors/index.ts';
import { cloneTemplate } from './candidates.ts';
import { HalvingSearch, halvingSpec } from './halving.ts';
import { checkDistributions, distributionsRule } from './param-distributions.ts';
import { ParameterSampler } from './parameter-sampler.ts';
import type { ParamDistributions } from './randomized-search.ts';
import type { EstimatorParams } from './search-spec.ts';
import { fromStored } from './stored-params.ts';

const spec = {
  ...halvingSpec,
  /** Lists of values, or distributions, by parameter name; or a list of such records, one of which is drawn first. */
  paramDistributions: distributionsRule(),
  /** Candidates of the first round; `'exhaust'` draws as many as let the last round use all resources. */
  nCandidates: either(oneOf(['exhaust'], { default: 'exhaust' }), integer({ min: 1, default: 1 })),
  /** Resources of the first round: a number, `'smallest'`, or `'exhaust'` where `nCandidates` is a number. */
  minResources: either(oneOf(['smallest', 'exhaust'], { default: 'smallest' }), integer({ min: 1, default: 1 })),
};

export type HalvingRandomSearchCVParams<E> = Omit<ParamsOf<typeof spec>, 'estimator' | 'paramDistributions'> & {
  readonly paramDistributions: NoInfer<ParamDistributions<E>> | readonly NoInfer<ParamDistributions<E>>[];
};

/**
 * Tries random parameter values on few samples (or little of another resource), and the best of them on `factor` times
 * as many, round by round; becomes the best of the last round, fitted on all samples.
 *
 * Among candidates of equal score the later ones go on; scikit-learn's order there depends on numpy's sort.
 *
 * Source: K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization",
 * AISTATS (2016).
 *
 * @example
 * import { GaussianNB, HalvingRandomSearchCV, loadIris, logUniform } from 'fitwise';
 * const { X, y } = await loadIris();
 * const paramDistributions = { varSmoothing: logUniform(1e-9, 1) };
 * const search = new HalvingRandomSearchCV(new GaussianNB(), { paramDistributions, randomState: 0 });
 * const model = await search.fit(X, y);
 * model.nCandidates_; // [5, 2]
 */
export class HalvingRandomSearchCV<E extends AnyEstimator> extends HalvingSearch<E, typeof spec> {
  static override readonly id: string = 'model-selection/HalvingRandomSearchCV';
  declare readonly [PARAMS]?: HalvingRandomSearchCVParams<E> & EstimatorParams<E>;

  static override fromParams({ estimator, ...params }: { estimator: AnyEstimator }): AnyEstimator {
    return new this(estimator, fromStored(params));
  }

  /** @throws InvalidParamError on an unknown or invalid parameter, and on names or values that the estimator refuses. */
  constructor(estimator: E, params: Partial<HalvingRandomSearchCVParams<E>> = {}) {
    super(spec, { ...params, estimator: cloneTemplate('HalvingRandomSearchCV', estimator) });
    const { paramDistributions, nCandidates, minResources } = this.params;
    checkDistributions(this.template(), paramDistributions);
    this.checkResource([paramDistributions].flat().flatMap(record => Object.keys(record)));
    if (nCandidates !== 'exhaust' || minResources !== 'exhaust') return;
    throw new InvalidParamError({
      action: 'make HalvingRandomSearchCV',
      rule: "nCandidates and minResources must not both be 'exhaust'",
      received: "'exhaust' and 'exhaust'",
    });
  }

  protected override candidates(minResources: number, maxResources: number, seed: number) {
    const { paramDistributions, nCandidates } = this.params;
    const nIter = nCandidates === 'exhaust' ? Math.floor(maxResources / minResources) : nCandidates;
    return [...new ParameterSampler(paramDistributions, { nIter, randomState: seed })];
  }
}
