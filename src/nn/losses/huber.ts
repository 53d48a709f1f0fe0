import { InvalidParamError, show } from '../../errors/index.ts';
import { mul, sub } from '../ops/index.ts';
import { pointwise } from '../ops/pointwise.ts';
import type { Tensor } from '../tensor/index.ts';
import { l1 } from './l1.ts';
import { type LossOptions, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

export interface HuberOptions extends LossOptions {
  /** Where the square ends. Default 1. */
  readonly delta?: number;
}

/**
 * With d = x - y: d^2 / 2 where |d| < delta, delta (|d| - delta / 2) elsewhere (P. J. Huber, 1964).
 *
 * @param input any shape
 * @param target the same shape
 * @throws InvalidParamError unless delta > 0
 *
 * @example
 * import { huber, tensor } from 'fitwise/nn';
 * huber(tensor([1, 4]), tensor([0, 0]), { reduction: 'none' }).toArray(); // [0.5, 3.5]
 */
export function huber(input: Tensor, target: Tensor, { delta = 1, ...options }: HuberOptions = {}): Tensor {
  const action = 'compute the Huber loss';
  checkTarget(action, input, target);
  if (!(delta > 0)) throw new InvalidParamError({ action, rule: 'delta must be > 0', received: show(delta) });
  const value = (d: number) => (Math.abs(d) < delta ? 0.5 * d * d : delta * (Math.abs(d) - 0.5 * delta));
  const slope = (d: number) => Math.max(-delta, Math.min(delta, d));
  return reduce(pointwise('huber', sub(input, target), value, slope, [delta]), options);
}

export interface SmoothL1Options extends LossOptions {
  /** Where the square ends; 0 for none. Default 1. */
  readonly beta?: number;
}

/**
 * {@link huber} over beta: d^2 / (2 beta) where |d| < beta, |d| - beta / 2 elsewhere (R. Girshick, 2015); {@link l1} for
 * beta 0.
 *
 * @throws InvalidParamError unless beta >= 0
 */
export function smoothL1(input: Tensor, target: Tensor, { beta = 1, ...options }: SmoothL1Options = {}): Tensor {
  if (beta === 0) return l1(input, target, options);
  if (!(beta > 0)) {
    const rule = 'beta must be >= 0';
    throw new InvalidParamError({ action: 'compute the smooth absolute error', rule, received: show(beta) });
  }
  return mul(huber(input, target, { delta: beta, ...options }), 1 / beta);
}
