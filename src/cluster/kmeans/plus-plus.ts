import type { Matrix } from '../../array/index.ts';
import { squaredDistancesInto } from '../../linalg/index.ts';
import type { RandomState } from '../../random/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import type { Samples } from './samples.ts';

/** Squared distance of each sample from its nearest center, and their weighted sum. */
interface Potential {
  readonly closest: Float64Array;
  readonly total: number;
}

/**
 * Greedy k-means++: samples as first centers, each drawn with a probability proportional to its weighted squared
 * distance from the centers before it; of 2 + floor(ln k) draws the one that leaves the least sum of such distances
 * stays. Cost: O(samples × features × clusters × ln clusters).
 *
 * Source: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, sections 2.2
 * and 5.
 */
export function* plusPlusCenters(samples: Samples, count: number, random: RandomState): Work<Matrix> {
  const { X, weights } = samples;
  const trials = 2 + Math.floor(Math.log(count));
  const everywhere = { closest: new Float64Array(X.rows).fill(Number.POSITIVE_INFINITY), total: 0 };
  const chosen = [random.choice(X.rows, 1, { p: shares(weights) })[0]!];
  let potential = yield* addCenter(samples, everywhere, chosen[0]!);
  while (chosen.length < count) {
    const cumulative = cumulate(weights, potential.closest);
    const drawn = random.randomSample(trials).map(value => value * potential.total);
    const candidates = Array.from(drawn, value => Math.min(searchLeft(cumulative, value), X.rows - 1));
    let best = { candidate: -1, after: potential };
    for (const candidate of candidates) {
      const after = yield* addCenter(samples, potential, candidate);
      if (best.candidate === -1 || after.total < best.after.total) best = { candidate, after };
    }
    chosen.push(best.candidate);
    potential = best.after;
  }
  return X.takeRows(chosen);
}

function* addCenter({ X, weights }: Samples, { closest }: Potential, center: number): Work<Potential> {
  const { data, rows, columns } = X;
  const after = new Float64Array(rows);
  let total = 0;
  yield* inBlocks(rows, columns, (from, to) => {
    squaredDistancesInto(data, center, data, columns, from, to, after.subarray(from));
    for (let i = from; i < to; i++) {
      if (closest[i]! < after[i]!) after[i] = closest[i]!;
      total += after[i]! * weights[i]!;
    }
  });
  return { closest: after, total };
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
