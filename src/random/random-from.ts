import { RandomState } from './random-state.ts';
import { seedOf } from './seed.ts';
import type { Seed } from './seed-kinds.ts';

/**
 * The stream of a seed; a `RandomState` is handed through, shared and advanced.
 *
 * @throws InvalidParamError if the seed is none of these
 *
 * @example
 * import { randomFrom } from 'fitwise';
 * randomFrom(42).random(); // 0.3745401188473625
 * randomFrom('my experiment').random() === randomFrom('my experiment').random(); // true
 */
export function randomFrom(seed: Seed | RandomState): RandomState {
  return seed instanceof RandomState ? seed : new RandomState(seedOf(seed));
}
