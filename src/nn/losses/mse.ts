import { square, sub } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type LossOptions, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

/**
 * The squared error (x - y)^2.
 *
 * @param input any shape
 * @param target the same shape
 *
 * @example
 * import { mse, tensor } from 'fitwise/nn';
 * mse(tensor([1, 2]), tensor([0, 4])).item(); // 2.5
 */
export function mse(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTarget('compute the squared error', input, target);
  return reduce(square(sub(input, target)), options);
}
