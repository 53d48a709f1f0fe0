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

/**
 * An estimator with a bound on its parts, null for none: a part that stays within a tighter bound is the same under it,
 * to the bit. A tree of a forest that `maxDepth` 20 does not touch is the one without a bound. A fit can take such
 * parts from a model with a looser bound: `fitWithinWork`.
 */
export interface Bounds {
  /** The parameter (`step__param` inside a pipeline); undefined where the other parameters spoil it. */
  boundParam(): string | undefined;
}

/** The nested parameter of an estimator, if it has one. */
export function nestedParamOf(estimator: unknown): string | undefined {
  return estimator instanceof Estimator && 'nestedParam' in estimator ? asNests(estimator).nestedParam() : undefined;
}

/** The estimator as one that nests; ask `nestedParamOf` first. */
export function asNests(estimator: AnyEstimator): AnyEstimator & Nests {
  return estimator as AnyEstimator & Nests;
}

/** The bound of an estimator's parts, if it has one. */
export function boundParamOf(estimator: unknown): string | undefined {
  return estimator instanceof Estimator && 'boundParam' in estimator
    ? (estimator as AnyEstimator & Bounds).boundParam()
    : undefined;
}
