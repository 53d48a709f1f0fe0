import { type AnyEstimator, Estimator } from './estimator.ts';

/**
 * An estimator with a nested parameter, a count: the model with a smaller value is the beginning of the model with a
 * larger one, to the bit. The first 100 trees of a forest are the same for every `nEstimators` above.
 */
export interface Nests {
  /** The parameter (`step__param` inside a pipeline); undefined where the other parameters spoil it. */
  nestedParam(): string | undefined;
  /** The fitted model that a smaller value, from 1 up, would have given; this one stays as it is. */
  cutTo(value: number): AnyEstimator;
}

/** The nested parameter of an estimator, if it has one. */
export function nestedParamOf(estimator: unknown): string | undefined {
  return estimator instanceof Estimator && 'nestedParam' in estimator ? asNests(estimator).nestedParam() : undefined;
}

/** The estimator as one that nests; ask `nestedParamOf` first. */
export function asNests(estimator: AnyEstimator): AnyEstimator & Nests {
  return estimator as AnyEstimator & Nests;
}
