import { abs, sub } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type LossOptions, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

/**
 * The absolute error |x - y|.
 *
 * @param input any shape
 * @param target the same shape
 *
 * @example
 * import { l1, tensor } from 'fitwise/nn';
 * l1(tensor([1, 2]), tensor([0, 4])).item(); // 1.5
 */
export function l1(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTarget('compute the absolute error', input, target);
  return reduce(abs(sub(input, target)), options);
}
