/** A generator in the form of the `seedrandom` package; one word of it becomes the seed. */
export interface SeedGenerator {
  int32(): number;
}

/**
 * What a run's random numbers come from: an integer in [0, 2^32) (numpy's and scikit-learn's streams), a string
 * (hashed), a `seedrandom` generator (drawn from once), or `null` (the platform's entropy).
 */
export type Seed = number | string | SeedGenerator | null;

/** Whether each fit draws another seed from it, so that no two fits of one grid need begin alike. */
export function isGenerator(seed: Seed): seed is SeedGenerator {
  return typeof seed === 'object' && seed !== null;
}
