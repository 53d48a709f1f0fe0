/** In which order a loader visits samples; a sampler draws from the loader's stream, anew for each epoch. */
import { InvalidInputError } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';

export interface Sampler {
  /** Positions per epoch. */
  readonly length: number;
  indices(random: RandomState): Int32Array;
}

/** Every sample once, from the first to the last. */
export function sequentialSampler(length: number): Sampler {
  return { length, indices: () => Int32Array.from({ length }, (_, i) => i) };
}

/** Every sample once, in random order (numpy's `permutation`). */
export function randomSampler(length: number): Sampler {
  return { length, indices: random => random.permutation(length) };
}

export interface WeightedSamplerOptions {
  /** Draws per epoch. Default: as many as there are weights. */
  readonly numSamples?: number;
  /** Whether a sample may be drawn more than once. Default true. */
  readonly replacement?: boolean;
}

/**
 * Samples drawn with probabilities in proportion to weights.
 *
 * @throws InvalidInputError if a weight is negative or not finite, all are 0, or there are fewer than are to be drawn
 *
 * @example
 * import { RandomState } from 'fitwise';
 * import { weightedSampler } from 'fitwise/nn';
 * const sampler = weightedSampler([0, 0, 1], { numSamples: 4 });
 * sampler.indices(new RandomState(0)); // Int32Array [2, 2, 2, 2]
 */
export function weightedSampler(
  weights: ArrayLike<number>,
  { numSamples = weights.length, replacement = true }: WeightedSamplerOptions = {},
): Sampler {
  const given = Float64Array.from(weights);
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const stray = given.find(weight => !(weight >= 0 && Number.isFinite(weight)));
  if (stray !== undefined || !(total > 0)) {
    throw new InvalidInputError({
      action: 'make a weighted sampler',
      rule: 'weights must be finite, >= 0 and not all 0',
      received: `${stray ?? 'zeros'}`,
    });
  }
  const possible = given.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (!Number.isSafeInteger(numSamples) || numSamples < 1 || (!replacement && numSamples > possible)) {
    throw new InvalidInputError({
      action: 'make a weighted sampler',
      rule: `numSamples must be a whole number >= 1${replacement ? '' : `, and at most ${possible} without replacement`}`,
      received: `${numSamples}`,
    });
  }
  const p = given.map(weight => weight / total);
  return { length: numSamples, indices: random => random.choice(p.length, numSamples, { replace: replacement, p }) };
}

/** Weighs samples so that every class is drawn equally often. */
export function balancedSampler(labels: ArrayLike<unknown>, options: WeightedSamplerOptions = {}): Sampler {
  const list = Array.from(labels);
  const counts = new Map<unknown, number>();
  for (const label of list) counts.set(label, (counts.get(label) ?? 0) + 1);
  return weightedSampler(
    list.map(label => 1 / counts.get(label)!),
    options,
  );
}
