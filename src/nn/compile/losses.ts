/**
 * The losses that `compile` knows by name: Keras's, which take probabilities where torch's take logits. Each gives the
 * loss of every sample: over all axes but the last, which it averages or sums.
 */
import { huber, l1, mse, nll } from '../losses/index.ts';
import { add, clamp, div, log, mean, mul, neg, reshape, sub, sum } from '../ops/index.ts';
import { refuse, type Tensor } from '../tensor/index.ts';

/** The loss of each sample; or their mean, as a scalar, where samples have no weights. */
export type LossFunction<Output = Tensor, Target = Output> = (output: Output, target: Target) => Tensor;

/** Keras holds probabilities inside [epsilon, 1 - epsilon] before it takes their logarithms. */
const EPSILON = 1e-7;

const each = { reduction: 'none' } as const;
const meanSquaredError: LossFunction = (output, target) => meanOfLast(mse(output, alike(output, target), each));
const meanAbsoluteError: LossFunction = (output, target) => meanOfLast(l1(output, alike(output, target), each));

const LOSSES = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  huber: (output, target) => meanOfLast(huber(output, alike(output, target), each)),
  binaryCrossentropy: (output, target) => {
    const [y, p] = [alike(output, target), held(output)];
    return meanOfLast(neg(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p))))));
  },
  categoricalCrossentropy: (output, target) => {
    const { shape } = output;
    if (shape.join() !== target.shape.join()) {
      refuse('compute categoricalCrossentropy', 'target and output must have one shape', target.shape, shape);
    }
    return neg(sum(mul(target, logShares(output)), -1));
  },
  sparseCategoricalCrossentropy: (output, target) => {
    const [n] = output.shape;
    if (output.ndim !== 2)
      refuse('compute sparseCategoricalCrossentropy', 'the output must have two axes', output.shape);
    const labels = target.ndim === 2 && target.shape[1] === 1 ? reshape(target, [n!]) : target;
    return nll(logShares(output), labels, each);
  },
} satisfies Record<string, LossFunction>;

export type LossName = keyof typeof LOSSES;

export const LOSS_NAMES = Object.keys(LOSSES) as readonly LossName[];

export function lossByName(name: LossName): LossFunction {
  return LOSSES[name];
}

/** A target (N,) for outputs (N, 1) as (N, 1). */
export function alike(output: Tensor, target: Tensor): Tensor {
  const isColumn = output.ndim === target.ndim + 1 && output.shape.at(-1) === 1;
  return isColumn ? reshape(target, [...target.shape, 1]) : target;
}

/** The mean of each sample's values; where there is one for each, they are it. */
export function meanOfLast(values: Tensor): Tensor {
  return values.ndim > 1 ? mean(values, -1) : values;
}

function held(p: Tensor): Tensor {
  return clamp(p, EPSILON, 1 - EPSILON);
}

function logShares(output: Tensor): Tensor {
  return log(held(div(output, sum(output, -1, { keepdim: true }))));
}
