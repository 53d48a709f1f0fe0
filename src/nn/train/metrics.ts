/** Metrics of a batch: means over its samples, which the trainer weighs by batch size. */
import { InvalidInputError, showShape } from '../../errors/index.ts';
import { isSameShape, type Tensor } from '../tensor/index.ts';

/** A mean over the samples of a batch; `isBetterGreater` says what callbacks shall look for. */
export interface BatchMetric<Output = Tensor, Target = Output> {
  (output: Output, target: Target): number;
  /** Default false: less is better. */
  readonly isBetterGreater?: boolean;
  /** What a batch counts for in the mean of an epoch. Default: its samples. */
  readonly weight?: (target: Target) => number | undefined;
}

/**
 * Share of the samples whose greatest of several outputs is that of their class.
 *
 * @param output scores, shape (N, C)
 * @param target class numbers, shape (N)
 *
 * @example
 * import { accuracy, tensor } from 'fitwise/nn';
 * accuracy(tensor([[2, 1], [0, 3]]), tensor([0, 0])); // 0.5
 */
export const accuracy: BatchMetric = greaterIsBetter((output, target) => {
  const [n, classes] = output.shape;
  if (output.ndim !== 2 || target.shape.join() !== `${n}`) refuse('accuracy', '(N, C) and (N)', output, target);
  let hits = 0;
  for (let i = 0; i < n!; i++) {
    const row = output.data.subarray(i * classes!, (i + 1) * classes!);
    if (indexOfGreatest(row) === target.data[i]) hits++;
  }
  return hits / n!;
});

/**
 * A metric: the share of right decisions between 0 and 1, for outputs of the target's shape.
 *
 * @param threshold outputs above it mean 1: 0.5 for probabilities, 0 for scores
 */
export function binaryAccuracy(threshold = 0.5): BatchMetric {
  return greaterIsBetter((output, target) => {
    if (!isSameShape(output.shape, target.shape)) refuse('binaryAccuracy', 'one shape', output, target);
    return meanOf(output, (value, i) => Number(value > threshold === target.data[i]! > 0.5));
  });
}

/** Mean of the absolute differences. */
export const meanAbsolute: BatchMetric = (output, target) => {
  if (!isSameShape(output.shape, target.shape)) refuse('meanAbsolute', 'one shape', output, target);
  return meanOf(output, (value, i) => Math.abs(value - target.data[i]!));
};

function greaterIsBetter(metric: (output: Tensor, target: Tensor) => number): BatchMetric {
  return Object.assign(metric, { isBetterGreater: true });
}

function meanOf({ data, size }: Tensor, of: (value: number, i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += of(data[i]!, i);
  return sum / size;
}

function indexOfGreatest(row: Float32Array): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
  return best;
}

function refuse(metric: string, shapes: string, output: Tensor, target: Tensor): never {
  throw new InvalidInputError({
    action: `compute ${metric}`,
    rule: `output and target must have shapes ${shapes}`,
    received: `${showShape(...output.shape)} and ${showShape(...target.shape)}`,
  });
}
