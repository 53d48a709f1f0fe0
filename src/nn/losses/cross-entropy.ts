import { InvalidParamError, show } from '../../errors/index.ts';
import { add, div, equal, logSoftmax, mul, reshape, sum, where } from '../ops/index.ts';
import { beside, inMemory, isSameShape, refuse, type Tensor } from '../tensor/index.ts';
import { type NllOptions, nll } from './nll.ts';
import { lossOfOne, reduce } from './reduction.ts';

export interface CrossEntropyOptions extends NllOptions {
  /** Share of the target that is spread evenly over all classes. Default 0. */
  readonly labelSmoothing?: number;
}

/**
 * The cross-entropy under softmax: minus the mean log-probability of the targets.
 *
 * With label smoothing e, a target is 1 - e of its class and e / C of every class (C. Szegedy et al., 2016).
 *
 * @param logits shape (N, C) or (N, C, ...), or (C) for one sample
 * @param target class numbers, shape (N) or (N, ...), or (); or probabilities of the shape of the logits
 * @returns shape (), or that of the class numbers without reduction
 * @throws InvalidInputError if the shapes do not agree or a target is no class. @throws InvalidParamError on a share
 * outside [0, 1], and on an `ignoreIndex` beside probabilities
 *
 * @example
 * import { crossEntropy, tensor } from 'fitwise/nn';
 * crossEntropy(tensor([[0, 0]]), tensor([1])).item(); // 0.6931472
 * crossEntropy(tensor([[0, 0]]), tensor([[0.5, 0.5]])).item(); // 0.6931472
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    const rule = 'labelSmoothing must lie in [0, 1]';
    throw new InvalidParamError({ action: 'compute the cross-entropy', rule, received: show(labelSmoothing) });
  }
  if (logits.ndim === 1) return lossOfOne((x, y) => crossEntropy(x, y, options), logits, target);
  if (logits.ndim === 0) refuse('compute the cross-entropy', 'the logits must have an axis of classes', logits.shape);
  const logProbabilities = logSoftmax(logits, 1);
  if (isSameShape(logits.shape, target.shape)) return ofProbabilities(logProbabilities, target, options);
  const plain = nll(logProbabilities, target, options);
  if (labelSmoothing === 0) return plain;
  const even = spreadEvenly(logProbabilities, target, options);
  return add(mul(plain, 1 - labelSmoothing), mul(even, labelSmoothing / logits.shape[1]!));
}

/** Targets that are probabilities: their mean is over the samples, whatever the weights. */
function ofProbabilities(logProbabilities: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, weight, ignoreIndex = -100 } = options;
  if (ignoreIndex >= 0) {
    const rule = 'ignoreIndex must be left out where targets are probabilities';
    throw new InvalidParamError({ action: 'compute the cross-entropy', rule, received: show(ignoreIndex) });
  }
  const classes = logProbabilities.shape[1]!;
  const smooth = labelSmoothing === 0 ? target : add(mul(target, 1 - labelSmoothing), labelSmoothing / classes);
  const losses = mul(sum(mul(weighted(logProbabilities, weight), smooth), 1), -1);
  return reduce(losses, options);
}

/** The loss of every class for every target that counts, where {@link nll} takes the loss of its own. */
function spreadEvenly(logProbabilities: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { weight, ignoreIndex = -100, reduction = 'mean' } = options;
  const all = mul(sum(weighted(logProbabilities, weight), 1), -1);
  const losses = where(beside(all, equal(target, ignoreIndex)), 0, all);
  if (reduction !== 'mean') return reduce(losses, { reduction });
  const weightOf = (label: number) => (label === ignoreIndex ? 0 : (weight?.data[label] ?? 1));
  return div(
    sum(losses),
    inMemory('check class numbers', target).data.reduce((total, label) => total + weightOf(label), 0),
  );
}

function weighted(logProbabilities: Tensor, weight: Tensor | undefined): Tensor {
  if (weight === undefined) return logProbabilities;
  const classes = logProbabilities.shape[1]!;
  if (weight.ndim !== 1 || weight.size !== classes) {
    refuse('compute the cross-entropy', `there must be a weight for each of the ${classes} classes`, weight.shape);
  }
  const byClass = reshape(weight, [weight.size, ...logProbabilities.shape.slice(2).map(() => 1)]);
  return mul(logProbabilities, beside(logProbabilities, byClass));
}
