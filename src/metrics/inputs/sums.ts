/** Sums and means in numpy's order. */
import { pairwiseSum } from '../../array/index.ts';

export { pairwiseSum as sum };

/** The sum of `values[i] * weights[i]`, or of the values where there are no weights. */
export function weightedSum(values: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return pairwiseSum(values);
  const products = new Float64Array(values.length);
  for (let i = 0; i < products.length; i++) products[i] = values[i]! * weights[i]!;
  return pairwiseSum(products);
}

/** The mean of the values, weighted where there are weights. */
export function mean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  return weightedSum(values, weights) / (weights === undefined ? values.length : pairwiseSum(weights));
}
