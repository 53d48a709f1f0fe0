import { InvalidInputError, show } from '../../errors/index.ts';
import { add, equal, gather, less, mul, relu, square, sub, sum, unsqueeze, where } from '../ops/index.ts';
import { arange, beside, inMemory, refuse, type Tensor } from '../tensor/index.ts';
import { type LossOptions, lossOfOne, reduce } from './reduction.ts';
import { checkTarget } from './target-shape.ts';

export interface HingeOptions extends LossOptions {
  /** How far apart the classes should be. Default 1. */
  readonly margin?: number;
}

/**
 * max(0, margin - y x) for targets of -1 and 1 (C. Cortes and V. Vapnik, 1995).
 *
 * @param input any shape
 * @param target -1 or 1, the same shape
 *
 * @example
 * import { hinge, tensor } from 'fitwise/nn';
 * hinge(tensor([0.5, 3]), tensor([1, 1]), { reduction: 'none' }).toArray(); // [0.5, 0]
 */
export function hinge(input: Tensor, target: Tensor, { margin = 1, ...options }: HingeOptions = {}): Tensor {
  checkSigns('compute the hinge loss', input, target);
  return reduce(relu(sub(margin, mul(beside(input, target), input))), options);
}

/** x where the target is 1, max(0, margin - x) where it is -1: for distances of pairs (torch's hinge embedding loss). */
export function hingeEmbedding(input: Tensor, target: Tensor, { margin = 1, ...options }: HingeOptions = {}): Tensor {
  checkSigns('compute the hinge loss', input, target);
  return reduce(where(beside(input, equal(target, 1)), input, heldAbove0(sub(margin, input))), options);
}

/** max(0, x) with the derivative 1 at 0: torch's `clamp_min`, where {@link relu} has 0. */
export function heldAbove0(x: Tensor): Tensor {
  return where(less(x, 0), 0, x);
}

export interface MultiMarginOptions extends HingeOptions {
  /** 1, the default, or 2 for squares. */
  readonly p?: 1 | 2;
}

/**
 * The mean over the classes of max(0, margin - x_y + x_j)^p, without that of the target itself (K. Crammer and Y.
 * Singer, 2001).
 *
 * @param input scores, shape (N, C), or (C) for one sample
 * @param target class numbers, shape (N,) or ()
 */
export function multiMargin(input: Tensor, target: Tensor, options: MultiMarginOptions = {}): Tensor {
  const { margin = 1, p = 1, ...rest } = options;
  if (input.ndim === 1) return lossOfOne((x, y) => multiMargin(x, y, options), input, target);
  const [n, classes] = input.shape;
  if (input.ndim !== 2 || target.ndim !== 1 || target.size !== n) {
    refuse('compute the margin loss', 'scores (N, C) need N targets', input.shape, target.shape);
  }
  const labels = unsqueeze(inMemory('check class numbers', target), 1);
  const gaps = relu(add(sub(input, gather(input, 1, labels)), margin));
  const powers = p === 2 ? square(gaps) : gaps;
  const others = where(beside(powers, equal(arange(classes!), labels)), 0, powers);
  return reduce(mul(sum(others, 1), 1 / classes!), rest);
}

function checkSigns(action: string, input: Tensor, target: Tensor): void {
  const { data } = inMemory('check signs', target);
  checkTarget(action, input, target);
  const wrong = data.find(value => value !== 1 && value !== -1);
  if (wrong !== undefined)
    throw new InvalidInputError({ action, rule: 'every target must be -1 or 1', received: show(wrong) });
}
