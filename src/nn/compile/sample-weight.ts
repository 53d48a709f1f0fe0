/** What samples count for, beside their targets: Keras's `sample_weight`. */
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import { div, mean, mul, reshape, sum } from '../ops/index.ts';
import { noGrad, refuse, type Shape, Tensor } from '../tensor/index.ts';
import { mapBatches } from '../train/batches.ts';
import type { BatchMetric, BatchSource, TrainingBatch } from '../train/index.ts';
import { type ClassWeights, checkClassWeight, weightsByClass } from './class-weight.ts';
import { meanOfLast } from './losses.ts';
import type { SampleMetric } from './metrics.ts';

/** One for the model's output, or where it gives several, one for each in the same lists and records. */
export type PerOutput<Output, T> = Output extends Tensor
  ? T
  : { readonly [K in keyof Output]: PerOutput<Output[K], T> };

/** Samples that are learned from together, and what each counts for. */
export interface WeightedBatch<Target = Tensor> extends TrainingBatch<Target> {
  /**
   * Factors of the samples' losses, shape (N,) or that of the losses: one tensor for all outputs, or one for each.
   * Default: all 1.
   */
  readonly sampleWeight?: Tensor | PerOutput<Target, Tensor> | undefined;
}

/** Targets as the trainer hands them to losses and metrics. */
export interface Weighted<Target> {
  readonly y: Target;
  readonly sampleWeight: unknown;
}

/**
 * Batches whose targets and weights go together.
 *
 * @throws InvalidParamError on weights of classes that are no numbers
 */
export function weighed<Target>(
  source: BatchSource<WeightedBatch<Target>>,
  classWeight?: ClassWeights,
): BatchSource<TrainingBatch<Weighted<Target>>> {
  if (classWeight !== undefined) checkClassWeight(classWeight);
  return mapBatches(source, ({ x, y, sampleWeight }) => {
    if (classWeight === undefined) return { x, y: { y, sampleWeight } };
    if (sampleWeight !== undefined) {
      const rule = 'classWeight must be left out where the data have a sampleWeight';
      throw new InvalidParamError({ action: 'train a compiled model', rule, received: 'both' });
    }
    return { x, y: { y, sampleWeight: weightsByClass(y, classWeight) } };
  });
}

/** The mean over a batch of each loss times its weight, which the weights do not divide: Keras's `sum_over_batch_size`. */
export function meanLoss(losses: Tensor, sampleWeight: unknown): Tensor {
  return mean(sampleWeight === undefined ? losses : mul(losses, fitting(losses.shape, sampleWeight)));
}

/**
 * A metric whose samples count as their losses do: the sum of its values times their weights, over that of the weights,
 * in a batch and in an epoch.
 *
 * @param weightOf the weights in a target
 */
export function weightedMetric<Output, Target>(
  metric: SampleMetric<Output, Target>,
  weightOf: (target: Weighted<Target>) => unknown,
): BatchMetric<Output, Weighted<Target>> {
  /** The sums of the values and of the weights; without weights their mean. */
  const sums = (output: Output, target: Weighted<Target>): readonly [Tensor, Tensor?] => {
    const [values, given] = [metric(output, target.y), weightOf(target)];
    if (given === undefined) return [mean(values)];
    const reduced = given instanceof Tensor && given.ndim < values.ndim ? meanOfRest(values, given.ndim) : values;
    const weight = fitting(reduced.shape, given);
    return [sum(mul(reduced, weight)), sum(weight)];
  };
  const ofBatch = (output: Output, target: Weighted<Target>) => {
    const [total, weight] = noGrad(() => sums(output, target));
    return weight === undefined ? total.item() : total.item() / weight.item();
  };
  const onTensors = (output: Output, target: Weighted<Target>) => {
    const [total, weight] = sums(output, target);
    return weight === undefined ? total : div(total, weight);
  };
  return Object.assign(ofBatch, {
    isBetterGreater: metric.isBetterGreater === true,
    onTensors,
    weight: (target: Weighted<Target>) => totalOf(weightOf(target)),
  });
}

/** The sum over the samples of their mean weights. */
function totalOf(weight: unknown): number | undefined {
  if (!(weight instanceof Tensor)) return undefined;
  return (sum(weight).item() * weight.shape[0]!) / weight.size;
}

function meanOfRest(values: Tensor, axes: number): Tensor {
  return values.ndim > axes ? meanOfRest(meanOfLast(values), axes) : values;
}

/** Weights in the shape of what they weigh, from which they may differ by axes of length 1 at the end. */
function fitting(shape: Shape, weight: unknown): Tensor {
  const action = 'weigh samples';
  if (!(weight instanceof Tensor)) {
    throw new InvalidInputError({ action, rule: 'sampleWeight must be a tensor', received: show(weight) });
  }
  if (shape.length === 0) {
    const rule = 'losses and weighted metrics must give a value for each sample';
    const repair = "give them { reduction: 'none' }, say";
    throw new InvalidInputError({ action, rule, received: 'their mean', repair });
  }
  if (withoutOnes(weight.shape) === withoutOnes(shape)) return reshape(weight, shape);
  return refuse(action, 'sampleWeight must have the shape of what it weighs', weight.shape, shape);
}

function withoutOnes(shape: Shape): string {
  return shape.join().replace(/(,1)+$/, '');
}
