/**
 * Means in numpy's order of summation. Folds and candidates are compared by such means, so that whether two of them are
 * equal must not depend on how they were added up.
 */
import { pairwiseSum } from '../array/index.ts';

export { pairwiseSum as sum };

export function mean(values: ArrayLike<number>): number {
  return pairwiseSum(values) / values.length;
}

/** The standard deviation of a whole population. */
export function populationStd(values: ArrayLike<number>): number {
  const center = mean(values);
  return Math.sqrt(mean(Float64Array.from(values, value => (value - center) * (value - center))));
}
