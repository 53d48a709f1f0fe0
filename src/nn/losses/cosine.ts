import { add, div, equal, maximum, mul, relu, sqrt, square, sub, sum, where } from '../ops/index.ts';
import { beside, refuse, type Tensor } from '../tensor/index.ts';
import type { HingeOptions } from './hinge.ts';
import { reduce } from './reduction.ts';

/**
 * The cosine of the angle between rows: a'b / (|a| |b|), each length held above eps.
 *
 * @param a shape (..., D)
 * @param b the same shape
 * @returns shape (...)
 *
 * @example
 * import { cosineSimilarity, tensor } from 'fitwise/nn';
 * cosineSimilarity(tensor([3, 4]), tensor([4, 3])).item(); // 0.96
 */
export function cosineSimilarity(a: Tensor, b: Tensor, axis = -1, eps = 1e-8): Tensor {
  const length = (x: Tensor) => maximum(sqrt(sum(square(x), axis)), eps);
  return div(sum(mul(a, b), axis), mul(length(a), length(b)));
}

/**
 * 1 - cos(a, b) where the target is 1, max(0, cos(a, b) - margin) where it is -1.
 *
 * @param a shape (N, D)
 * @param b shape (N, D)
 * @param target -1 or 1, shape (N,)
 */
export function cosineEmbedding(a: Tensor, b: Tensor, target: Tensor, options: HingeOptions = {}): Tensor {
  const { margin = 0, ...rest } = options;
  if (a.ndim !== 2 || target.ndim !== 1 || target.size !== a.shape[0]) {
    refuse('compute the cosine loss', 'rows (N, D) need N targets', a.shape, target.shape);
  }
  const cosine = cosineSimilarity(a, b);
  return reduce(where(beside(cosine, equal(target, 1)), sub(1, cosine), relu(add(cosine, -margin))), rest);
}
