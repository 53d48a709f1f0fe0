import type { Matrix } from '../../array/index.ts';
import { type Seeds, seedsOf } from '../../kernels/index.ts';
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
  const seeds = seedsOf(samples.rows, samples.weights);
  try {
    return samples.rows.take(yield* chooseRows(samples, seeds, count, random));
  } finally {
    seeds.close();
  }
}

function* chooseRows({ weights }: Samples, seeds: Seeds, count: number, random: RandomState): Work<number[]> {
  const trials = 2 + Math.floor(Math.log(count));
  const first = drawByWeight(weights, random);
  let { total } = yield* seeds.take([first]);
  const chosen = [first];
  const cumulative = new Float64Array(weights.length);
  while (chosen.length < count) {
    cumulateInto(weights, seeds.closest, cumulative);
    const values = random.randomSample(trials).map(share => share * total);
    const seed = yield* seeds.take(
      Array.from(values, value => Math.min(searchLeft(cumulative, value), weights.length - 1)),
    );
    chosen.push(seed.row);
    total = seed.total;
  }
  return chosen;
}

/** What `random.choice` draws first with these {@link shares}, without their lists. */
export function drawByWeight(weights: Float64Array, random: RandomState): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let all = 0;
  for (let i = 0; i < weights.length; i++) all += weights[i]! / total;
  const value = random.random();
  let [position, below] = [0, weights[0]! / total];
  while (value >= below / all) {
    position++;
    below += weights[position]! / total;
  }
  return position;
}

/** Probabilities in proportion to weights. */
export function shares(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}

function cumulateInto(weights: Float64Array, distances: Float64Array, cumulative: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]! * distances[i]!;
    cumulative[i] = sum;
  }
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
