/** The metrics that `compile` knows by name: Keras's. */
import { argmax, equal, greater, mean, reshape } from '../ops/index.ts';
import { isSameShape, noGrad, refuse, type Tensor } from '../tensor/index.ts';
import type { BatchMetric } from '../train/index.ts';
import { alike, LOSS_NAMES, type LossFunction, type LossName, lossByName, meanOfLast } from './losses.ts';

/** A value for each sample; `isBetterGreater` says what callbacks shall look for. */
export interface SampleMetric<Output = Tensor, Target = Output> extends LossFunction<Output, Target> {
  /** Default false: less is better. */
  readonly isBetterGreater?: boolean;
}

const ACCURACIES = {
  accuracy: (output, target) => chosenAccuracy(output, target)(output, target),
  binaryAccuracy: (output, target) => {
    const labels = alike(output, target);
    if (!isSameShape(output.shape, labels.shape)) {
      refuse('compute binaryAccuracy', 'output and target must have one shape', output.shape, target.shape);
    }
    return meanOfLast(equal(greater(output, 0.5), labels));
  },
  categoricalAccuracy: (output, target) => equal(argmax(output), argmax(target)),
  sparseCategoricalAccuracy: (output, target) => {
    const best = argmax(output);
    return equal(best, target.ndim === output.ndim ? reshape(target, best.shape) : target);
  },
} satisfies Record<string, LossFunction>;

/** A loss serves as a metric too. */
export type MetricName = keyof typeof ACCURACIES | LossName;

export const METRIC_NAMES = [...(Object.keys(ACCURACIES) as (keyof typeof ACCURACIES)[]), ...LOSS_NAMES];

export function metricByName(name: MetricName): SampleMetric {
  if (!(name in ACCURACIES)) return lossByName(name as LossName);
  const metric = ACCURACIES[name as keyof typeof ACCURACIES];
  return Object.assign((output: Tensor, target: Tensor) => metric(output, target), { isBetterGreater: true });
}

/** The mean over the samples of a batch. */
export function asMetric(metric: SampleMetric): BatchMetric {
  const onTensors = (output: Tensor, target: Tensor) => mean(metric(output, target));
  const ofBatch = (output: Tensor, target: Tensor) => noGrad(() => onTensors(output, target)).item();
  return Object.assign(ofBatch, { isBetterGreater: metric.isBetterGreater === true, onTensors });
}

/** One output means two classes; targets without an axis of classes are their numbers. */
function chosenAccuracy(output: Tensor, target: Tensor): LossFunction {
  if (output.shape.at(-1) === 1) return ACCURACIES.binaryAccuracy;
  const isSparse = target.ndim < output.ndim || target.shape.at(-1) === 1;
  return isSparse ? ACCURACIES.sparseCategoricalAccuracy : ACCURACIES.categoricalAccuracy;
}
