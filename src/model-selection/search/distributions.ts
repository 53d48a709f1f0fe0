/** What a random search draws numbers from: the same numbers as scipy.stats with numpy's legacy generator. */
import { InvalidParamError, show } from '../../errors/index.ts';
import type { RandomState } from '../../random/index.ts';

/** Anything that draws a number from a stream. */
export interface Distribution {
  rvs(random: RandomState): number;
}

/** A distribution that its name and arguments stand for, so that it can be stored. */
export interface NamedDistribution extends Distribution {
  readonly distribution: keyof typeof DISTRIBUTIONS;
  readonly args: readonly number[];
}

/**
 * Uniform on [loc, loc + scale).
 *
 * @throws InvalidParamError if `scale` is not positive.
 *
 * @example
 * import { RandomState, uniform } from 'fitwise';
 * uniform(10, 5).rvs(new RandomState(42)); // 11.8727
 */
export function uniform(loc = 0, scale = 1): NamedDistribution {
  demand(Number.isFinite(loc) && Number.isFinite(scale) && scale > 0, 'scale must be > 0 and both finite', [
    loc,
    scale,
  ]);
  return named('uniform', [loc, scale], random => random.random() * scale + loc);
}

/**
 * Log-uniform on [low, high]: each power of ten is equally likely.
 *
 * @throws InvalidParamError unless 0 < low < high.
 *
 * @example
 * import { logUniform, RandomState } from 'fitwise';
 * logUniform(1e-4, 1).rvs(new RandomState(42)); // 0.00315
 */
export function logUniform(low: number, high: number): NamedDistribution {
  demand(Number.isFinite(low) && Number.isFinite(high) && low > 0 && high > low, '0 < low < high must hold', [
    low,
    high,
  ]);
  const [from, to] = [Math.log(low), Math.log(high)];
  return named('logUniform', [low, high], random => Math.exp(from + random.random() * (to - from)));
}

/**
 * Whole numbers from `low` to `high - 1`, each equally likely.
 *
 * @throws InvalidParamError unless both are whole numbers and low < high.
 *
 * @example
 * import { RandomState, randomInteger } from 'fitwise';
 * randomInteger(1, 100).rvs(new RandomState(42)); // 52
 */
export function randomInteger(low: number, high: number): NamedDistribution {
  const areWhole = Number.isSafeInteger(low) && Number.isSafeInteger(high);
  demand(areWhole && low < high, 'low and high must be whole numbers with low < high', [low, high]);
  return named('randomInteger', [low, high], random => random.randint(low, high));
}

/**
 * Normal with mean `loc` and standard deviation `scale`.
 *
 * @throws InvalidParamError if `scale` is not positive.
 *
 * @example
 * import { normal, RandomState } from 'fitwise';
 * normal(0, 1).rvs(new RandomState(42)); // 0.4967
 */
export function normal(loc = 0, scale = 1): NamedDistribution {
  demand(Number.isFinite(loc) && Number.isFinite(scale) && scale > 0, 'scale must be > 0 and both finite', [
    loc,
    scale,
  ]);
  return named('normal', [loc, scale], random => random.standardNormal() * scale + loc);
}

/**
 * Exponential from `loc` on, with mean `loc + scale`.
 *
 * @throws InvalidParamError if `scale` is not positive.
 *
 * @example
 * import { exponential, RandomState } from 'fitwise';
 * exponential(0, 2).rvs(new RandomState(42)); // 0.9385
 */
export function exponential(loc = 0, scale = 1): NamedDistribution {
  demand(Number.isFinite(loc) && Number.isFinite(scale) && scale > 0, 'scale must be > 0 and both finite', [
    loc,
    scale,
  ]);
  return named('exponential', [loc, scale], random => random.exponential(1) * scale + loc);
}

/** The distributions by the names under which they are stored. */
export const DISTRIBUTIONS = { uniform, logUniform, randomInteger, normal, exponential };

export function isDistribution(candidate: unknown): candidate is Distribution {
  return typeof (candidate as Distribution | null)?.rvs === 'function';
}

function named(
  distribution: NamedDistribution['distribution'],
  args: readonly number[],
  rvs: Distribution['rvs'],
): NamedDistribution {
  return Object.freeze({ distribution, args, rvs });
}

function demand(holds: boolean, rule: string, received: readonly number[]): void {
  if (!holds) throw new InvalidParamError({ action: 'make a distribution', rule, received: show(received) });
}
