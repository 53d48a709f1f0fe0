/** Parameters that several optimisers have. */
import { type Rule, real, value } from '../../check/index.ts';

export function learningRate(byDefault: number): Rule<number> {
  return real({ min: 0, default: byDefault });
}

export function weightDecay(byDefault = 0): Rule<number> {
  return real({ min: 0, default: byDefault });
}

/** The shares of two means that a step keeps. */
export function betas(first: number, second: number): Rule<readonly [number, number]> {
  const { accepts } = real({ min: 0, below: 1 });
  return value<readonly [number, number]>({
    default: [first, second],
    expected: 'two numbers >= 0 and < 1',
    accepts: candidate => Array.isArray(candidate) && candidate.length === 2 && candidate.every(accepts),
  });
}

/** What keeps a root from being zero where something is divided by it. */
export function epsilon(byDefault: number): Rule<number> {
  return real({ min: 0, default: byDefault });
}
