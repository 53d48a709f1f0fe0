import { logSoftmax } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type NllOptions, nll } from './nll.ts';

/**
 * The cross-entropy of class numbers under softmax.
 *
 * @param logits shape (N, C) or (N, C, ...)
 * @param target class numbers, shape (N) or (N, ...)
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: NllOptions = {}): Tensor {
  return nll(logSoftmax(logits, 1), target, options);
}
