/** The losses that `compile` knows by name: Keras's, which take probabilities where torch's take logits. */
import { huber, l1, mse, nll } from '../losses/index.ts';
import { add, clamp, div, log, mean, mul, neg, reshape, sub, sum } from '../ops/index.ts';
import { refuse, type Tensor } from '../tensor/index.ts';

/** The mean loss of a batch, as a scalar. */
export type LossFunction<Output = Tensor, Target = Output> = (output: Output, target: Target) => Tensor;

/** Keras holds probabilities inside [epsilon, 1 - epsilon] before it takes their logarithms. */
const EPSILON = 1e-7;

const meanSquaredError: LossFunction = (output, target) => mse(output, alike(output, target));
const meanAbsoluteError: LossFunction = (output, target) => l1(output, alike(output, target));

const LOSSES = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  huber: (output, target) => huber(output, alike(output, target)),
  binaryCrossentropy: (output, target) => {
    const [y, p] = [alike(output, target), held(output)];
    return neg(mean(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p))))));
  },
  categoricalCrossentropy: (output, target) => {
    const { shape } = output;
    if (shape.join() !== target.shape.join()) {
      refuse('compute categoricalCrossentropy', 'target and output must have one shape', target.shape, shape);
    }
    return neg(mean(sum(mul(target, logShares(output)), -1)));
  },
  sparseCategoricalCrossentropy: (output, target) => {
    const [n, classes] = output.shape;
    if (output.ndim !== 2)
      refuse('compute sparseCategoricalCrossentropy', 'the output must have two axes', output.shape);
    const labels = target.ndim === 2 && target.shape[1] === 1 ? reshape(target, [n!]) : target;
    return nll(reshape(logShares(output), [n!, classes!]), labels);
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

function held(p: Tensor): Tensor {
  return clamp(p, EPSILON, 1 - EPSILON);
}

function logShares(output: Tensor): Tensor {
  return log(held(div(output, sum(output, -1, { keepdim: true }))));
}
