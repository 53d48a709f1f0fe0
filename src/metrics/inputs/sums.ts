/** Sums in an order that depends on the length only, with an error that grows with its logarithm (pairwise summation). */

const BLOCK = 128;

/** The sum of `values[from] ... values[to - 1]`. */
export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  if (to - from > BLOCK) {
    const middle = from + BLOCK * Math.ceil((to - from) / (2 * BLOCK));
    return sum(values, from, middle) + sum(values, middle, to);
  }
  let total = 0;
  for (let i = from; i < to; i++) total += values[i]!;
  return total;
}

/** The sum of `values[i] * weights[i]`, or of the values where there are no weights. */
export function weightedSum(values: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  if (weights === undefined) return sum(values);
  const products = new Float64Array(values.length);
  for (let i = 0; i < products.length; i++) products[i] = values[i]! * weights[i]!;
  return sum(products);
}

/** The mean of the values, weighted where there are weights. */
export function mean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  return weightedSum(values, weights) / (weights === undefined ? values.length : sum(weights));
}
