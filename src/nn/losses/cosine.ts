import { add, div, equal, expand, maximum, mul, sqrt, square, sub, sum, where } from '../ops/index.ts';
import { beside, broadcastShapes, isSameShape, refuse, type Shape, type Tensor } from '../tensor/index.ts';
import { type HingeOptions, heldAbove0 } from './hinge.ts';
import { reduce } from './reduction.ts';

/**
 * The cosine of the angle between rows: a'b / (|a| |b|), each length held above eps.
 *
 * @param a shape (..., D)
 * @param b the same shape, or one that broadcasts with it
 * @returns shape (...)
 *
 * @example
 * import { cosineSimilarity, tensor } from 'fitwise/nn';
 * cosineSimilarity(tensor([3, 4]), tensor([4, 3])).item(); // 0.96
 */
export function cosineSimilarity(a: Tensor, b: Tensor, axis = -1, eps = 1e-8): Tensor {
  const shape = broadcastShapes('compute the cosine', a.shape, b.shape);
  const [x, y] = [inShape(a, shape), inShape(b, shape)];
  // Held before the root, which has no derivative at 0.
  const length = (x: Tensor) => sqrt(maximum(sum(square(x), axis), eps * eps));
  return div(sum(mul(x, y), axis), mul(length(x), length(y)));
}

function inShape(x: Tensor, shape: Shape): Tensor {
  return isSameShape(x.shape, shape) ? x : expand(x, shape);
}

/** What torch adds to squared lengths in the loss, where {@link cosineSimilarity} holds lengths above a bound. */
const EPSILON = 1e-12;

/**
 * 1 - cos(a, b) where the target is 1, max(0, cos(a, b) - margin) where it is -1, 0 elsewhere.
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
  const squared = (x: Tensor) => add(sum(square(x), 1), EPSILON);
  const cosine = div(sum(mul(a, b), 1), sqrt(mul(squared(a), squared(b))));
  const is = (sign: 1 | -1) => beside(cosine, equal(target, sign));
  const apart = where(is(-1), heldAbove0(add(cosine, -margin)), 0);
  return reduce(where(is(1), sub(1, cosine), apart), rest);
}
