import { show } from '../errors/index.ts';
import { demand, demandCount } from './arguments.ts';
import { randomFrom } from './random-from.ts';
import type { RandomState } from './random-state.ts';
import type { Seed } from './seed-kinds.ts';

export interface SamplingOptions {
  /** The seed, or a stream that goes on; by default a seed from the platform's entropy. */
  readonly randomState?: Seed | RandomState;
  readonly method?: (typeof METHODS)[number];
}

const METHODS = ['auto', 'tracking_selection', 'reservoir_sampling', 'pool'] as const;

/**
 * Distinct integers of [0, nPopulation), as scikit-learn's `sample_without_replacement` draws them: for shares between
 * 0.01 and 0.99 the head of a permutation, else by rejecting repeats (small shares) or by a reservoir (large ones).
 *
 * Cost: time and memory of `permutation(nPopulation)`, or O(nSamples) memory outside those shares. The order is not
 * random for every method; shuffle where it matters.
 *
 * @returns `nSamples` distinct integers
 * @throws InvalidParamError if more are wanted than there are
 *
 * @example
 * import { sampleWithoutReplacement } from 'fitwise';
 * sampleWithoutReplacement(10, 5, { randomState: 42 }); // [8, 1, 5, 0, 7]
 */
export function sampleWithoutReplacement(
  nPopulation: number,
  nSamples: number,
  options: SamplingOptions = {},
): Int32Array {
  demand(typeof options === 'object' && options !== null, 'a sample', 'options must be an object', options);
  const { randomState = null, method = 'auto' } = options;
  demand(METHODS.includes(method), 'a sample', `method must be one of ${show(METHODS)}`, method);
  const random = randomFrom(randomState);
  demandCount(nPopulation, 'a sample', 'nPopulation');
  demandCount(nSamples, 'a sample', 'nSamples');
  demand(nSamples <= nPopulation, 'a sample', `nSamples must be <= nPopulation (${nPopulation})`, nSamples);
  const ratio = nPopulation === 0 ? 1 : nSamples / nPopulation;
  if (method === 'pool') return fromPool(nPopulation, nSamples, random);
  if (method === 'reservoir_sampling') return byReservoir(nPopulation, nSamples, random);
  if (method === 'auto' && ratio > 0.01 && ratio < 0.99) return random.permutation(nPopulation).slice(0, nSamples);
  return ratio < 0.2 ? byTracking(nPopulation, nSamples, random) : byReservoir(nPopulation, nSamples, random);
}

function byTracking(nPopulation: number, nSamples: number, random: RandomState): Int32Array {
  const chosen = new Set<number>();
  while (chosen.size < nSamples) chosen.add(random.randint(0, nPopulation));
  return Int32Array.from(chosen);
}

function byReservoir(nPopulation: number, nSamples: number, random: RandomState): Int32Array {
  const chosen = new Int32Array(nSamples).map((_, i) => i);
  for (let i = nSamples; i < nPopulation; i++) {
    const j = random.randint(0, i + 1);
    if (j < nSamples) chosen[j] = i;
  }
  return chosen;
}

/** Draws from a shrinking pool: the last value of the pool fills the place of the one taken. */
function fromPool(nPopulation: number, nSamples: number, random: RandomState): Int32Array {
  const pool = new Int32Array(nPopulation).map((_, i) => i);
  return new Int32Array(nSamples).map((_, i) => {
    const j = random.randint(0, nPopulation - i);
    const value = pool[j]!;
    pool[j] = pool[nPopulation - i - 1]!;
    return value;
  });
}
