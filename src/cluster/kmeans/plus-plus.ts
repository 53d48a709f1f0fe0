import type { Matrix } from '../../array/index.ts';
import type { RandomState } from '../../random/index.ts';
import type { Work } from '../../work/index.ts';
import type { Samples } from './samples.ts';

/**
 * Greedy k-means++: samples as first centers, each drawn with a probability proportional to its weighted squared
 * distance from the centers before it; of 2 + floor(ln k) draws the one that leaves the least sum of such distances
 * stays. Cost: O(samples × features × clusters × ln clusters).
 *
 * Source: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, sections 2.2
 * and 5.
 */
export function* plusPlusCenters(samples: Samples, count: number, random: RandomState): Work<Matrix> {
  const { X, weights, rows } = samples;
  const trials = 2 + Math.floor(Math.log(count));
  const first = random.choice(X.rows, 1, { p: shares(weights) })[0]!;
  let seed = yield* rows.bestSeed([first], new Float64Array(X.rows).fill(Number.POSITIVE_INFINITY), weights);
  const chosen = [first];
  while (chosen.length < count) {
    const cumulative = cumulate(weights, seed.closest);
    const drawn = random.randomSample(trials);
    const candidates = Array.from(drawn, value => Math.min(searchLeft(cumulative, value * seed.total), X.rows - 1));
    seed = yield* rows.bestSeed(candidates, seed.closest, weights);
    chosen.push(seed.row);
  }
  return X.takeRows(chosen);
}

/** Probabilities in proportion to weights. */
export function shares(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}

function cumulate(weights: Float64Array, distances: Float64Array): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]! * distances[i]!;
    cumulative[i] = sum;
  }
  return cumulative;
}

/** How many of the ascending values are less than `value`. */
function searchLeft(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
