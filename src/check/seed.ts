import type { Seed } from '../random/index.ts';
import { type Rule, value } from './params.ts';

/**
 * The `randomState` of an estimator or splitter: an integer in [0, 2^32), a string, a `seedrandom` generator, or
 * `null` (a seed is drawn from the platform's entropy at each fit, and kept as `randomState_`).
 */
export function seed(): Rule<Seed> {
  return value<Seed>({
    default: null,
    expected: 'an integer in [0, 2^32), a string, a seedrandom generator or null',
    accepts: candidate =>
      candidate === null ||
      typeof candidate === 'string' ||
      (Number.isInteger(candidate) && (candidate as number) >= 0 && (candidate as number) < 2 ** 32) ||
      typeof (candidate as { int32?: unknown } | undefined)?.int32 === 'function',
  });
}
