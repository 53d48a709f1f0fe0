/** Metrics of a batch: means over its samples, which the trainer weighs by batch size. */
import { InvalidInputError, showShape } from '../../errors/index.ts';
import { abs, argmax, equal, greater, mean, sub } from '../ops/index.ts';
import { isSameShape, type Tensor } from '../tensor/index.ts';

/** A mean over the samples of a batch; `isBetterGreater` says what callbacks shall look for. */
export interface BatchMetric<Output = Tensor, Target = Output> {
  (output: Output, target: Target): number;
  /** Default false: less is better. */
  readonly isBetterGreater?: boolean;
  /**
   * The same by operations, as a tensor of one value: on a device it is computed there and read with the loss. Without
   * it the output of every batch is read.
   */
  readonly onTensors?: ((output: Output, target: Target) => Tensor) | undefined;
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
export const accuracy: BatchMetric = greaterIsBetter(hitShare, (output, target) => {
  checkScores(output, target);
  return mean(equal(argmax(output), target));
});

function hitShare(output: Tensor, target: Tensor): number {
  checkScores(output, target);
  const [n, classes] = output.shape;
  let hits = 0;
  for (let i = 0; i < n!; i++) {
    const row = output.data.subarray(i * classes!, (i + 1) * classes!);
    if (indexOfGreatest(row) === target.data[i]) hits++;
  }
  return hits / n!;
}

function checkScores(output: Tensor, target: Tensor): void {
  const isFit = output.ndim === 2 && target.shape.join() === `${output.shape[0]}`;
  if (!isFit) refuse('accuracy', '(N, C) and (N)', output, target);
}

/**
 * A metric: the share of right decisions between 0 and 1, for outputs of the target's shape.
 *
 * @param threshold outputs above it mean 1: 0.5 for probabilities, 0 for scores
 */
export function binaryAccuracy(threshold = 0.5): BatchMetric {
  return greaterIsBetter(
    (output, target) => {
      checkShape('binaryAccuracy', output, target);
      return meanOf(output, (value, i) => Number(value > threshold === target.data[i]! > 0.5));
    },
    (output, target) => {
      checkShape('binaryAccuracy', output, target);
      return mean(equal(greater(output, threshold), greater(target, 0.5)));
    },
  );
}

/** Mean of the absolute differences. */
export const meanAbsolute: BatchMetric = Object.assign(
  (output: Tensor, target: Tensor) => {
    checkShape('meanAbsolute', output, target);
    return meanOf(output, (value, i) => Math.abs(value - target.data[i]!));
  },
  {
    onTensors: (output: Tensor, target: Tensor) => {
      checkShape('meanAbsolute', output, target);
      return mean(abs(sub(output, target)));
    },
  },
);

function greaterIsBetter(
  metric: (output: Tensor, target: Tensor) => number,
  onTensors: (output: Tensor, target: Tensor) => Tensor,
): BatchMetric {
  return Object.assign(metric, { isBetterGreater: true, onTensors });
}

function checkShape(metric: string, output: Tensor, target: Tensor): void {
  if (!isSameShape(output.shape, target.shape)) refuse(metric, 'one shape', output, target);
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
