import { type AnyEstimator, checkModel, Estimator } from '../../core/index.ts';

/** An unfitted copy of the estimator with a candidate's parameters; estimators among them are copied too. */
export function candidateOf(estimator: AnyEstimator, params: Readonly<Record<string, unknown>>): AnyEstimator {
  const own = Object.entries(params).map(([name, given]) => [name, given instanceof Estimator ? given.clone() : given]);
  return estimator.withParams(Object.fromEntries(own));
}

/**
 * An unfitted copy of the estimator handed to a search.
 *
 * @throws InvalidParamError if it is none.
 */
export function cloneTemplate<E extends AnyEstimator>(owner: string, estimator: E): E {
  checkModel(estimator, 'estimator', `make ${owner}`);
  return estimator.clone() as E;
}

/** @throws InvalidParamError if a candidate names a parameter that there is not, or a value that its rule refuses. */
export function checkCandidates(
  estimator: AnyEstimator,
  candidates: Iterable<Readonly<Record<string, unknown>>>,
): void {
  for (const candidate of candidates) candidateOf(estimator, candidate);
}
