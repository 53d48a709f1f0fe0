/** Options that several layers have. */
import { either, type Rule, real, seed, value } from '../../check/index.ts';
import { RandomState, type Seed } from '../../random/index.ts';
import type { Pair } from '../ops/index.ts';
import { isPair } from '../ops/sizes.ts';

/** A seed, or a generator that goes on; one may serve many layers. */
export function randomState(): Rule<Seed | RandomState> {
  const stream = {
    default: null,
    expected: 'a RandomState',
    accepts: (given: unknown) => given instanceof RandomState,
  };
  return either<Seed, Seed | RandomState>(seed(), stream);
}

export function probability(byDefault: number): Rule<number> {
  return real({ min: 0, max: 1, default: byDefault });
}

/** What is added to a variance. */
export function epsilon(): Rule<number> {
  return real({ min: 0, default: 1e-5 });
}

/** One whole number for height and width, or one for each. */
export function pair(min: number, byDefault?: Pair): Rule<Pair> {
  const expected = `a whole number >= ${min}, or two of them`;
  return value<Pair>({ default: byDefault as Pair, expected, accepts: given => isPair(given, min) });
}
