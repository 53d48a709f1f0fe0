/** The metrics that `compile` knows by name: Keras's. */
import { argmax, equal, mean, reshape } from '../ops/index.ts';
import { noGrad, type Tensor } from '../tensor/index.ts';
import { type BatchMetric, binaryAccuracy } from '../train/index.ts';
import { alike, LOSS_NAMES, type LossFunction, type LossName, lossByName } from './losses.ts';

const ACCURACIES = {
  accuracy: (output, target) => chosenAccuracy(output, target)(output, target),
  binaryAccuracy: (output, target) => binaryAccuracy()(output, alike(output, target)),
  categoricalAccuracy: (output, target) => shareOfEqual(argmax(output), argmax(target)),
  sparseCategoricalAccuracy: (output, target) => {
    const best = argmax(output);
    return shareOfEqual(best, target.ndim === output.ndim ? reshape(target, best.shape) : target);
  },
} satisfies Record<string, (output: Tensor, target: Tensor) => number>;

/** A loss serves as a metric too. */
export type MetricName = keyof typeof ACCURACIES | LossName;

export const METRIC_NAMES = [...(Object.keys(ACCURACIES) as (keyof typeof ACCURACIES)[]), ...LOSS_NAMES];

export function metricByName(name: MetricName): BatchMetric {
  if (name in ACCURACIES) return greaterIsBetter(ACCURACIES[name as keyof typeof ACCURACIES]);
  return asMetric(lossByName(name as LossName));
}

/** A loss as what is measured: less is better. */
export function asMetric<Output, Target>(loss: LossFunction<Output, Target>): BatchMetric<Output, Target> {
  return (output, target) => noGrad(() => loss(output, target)).item();
}

function greaterIsBetter(metric: (output: Tensor, target: Tensor) => number): BatchMetric {
  return Object.assign((output: Tensor, target: Tensor) => metric(output, target), { isBetterGreater: true });
}

/** One output means two classes; targets without an axis of classes are their numbers. */
function chosenAccuracy(output: Tensor, target: Tensor): (output: Tensor, target: Tensor) => number {
  if (output.shape.at(-1) === 1) return ACCURACIES.binaryAccuracy;
  const isSparse = target.ndim < output.ndim || target.shape.at(-1) === 1;
  return isSparse ? ACCURACIES.sparseCategoricalAccuracy : ACCURACIES.categoricalAccuracy;
}

function shareOfEqual(a: Tensor, b: Tensor): number {
  return mean(equal(a, b)).item();
}
