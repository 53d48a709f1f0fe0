/**
 * Batch norm, rectified and pooled by four: to the bit what the three operations give one after the other, in a third of
 * the passes over memory, and with nothing but x to keep for backward.
 */
import {
  type BlockSize,
  type ChannelMoments,
  type GradientSums,
  isWorthPooling,
  poolNormalisedBackInto,
  poolNormalisedInto,
  poolScaledInto,
} from '../../kernels/index.ts';
import { record, Tensor } from '../tensor/index.ts';
import { evaluationScaling, type RunningMoments, updateRunning } from './batch-norm.ts';

/** Weight and bias of all channels, and what is added to their variances. */
export interface Affine {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly eps: number;
}

/**
 * maxPool2d(relu(batchNorm(x, running, momentum, affine)), 2).
 *
 * @param x shape (N, C, H, W) in the processor's memory
 * @returns shape (N, C, H / 2, W / 2), rounded down; null where one pass does not pay
 */
export function batchNormPool(
  x: Tensor,
  running: RunningMoments | null,
  momentum: number,
  { weight, bias, eps }: Affine,
): Tensor | null {
  const size = blockSize(x);
  const count = size.images * size.height * size.width;
  if (count < 2 || !isWorthPooling(size)) return null;
  const [means, variances] = [new Float64Array(size.channels), new Float64Array(size.channels)];
  const scaling = (c: number, weight: Tensor, bias: Tensor) => {
    const scale = (1 / Math.sqrt(variances[c]! + eps)) * weight.data[c]!;
    return { scale, shift: bias.data[c]! - means[c]! * scale, mean: means[c]! };
  };
  const learn = ({ mean, variance }: ChannelMoments, c: number) => {
    means[c] = mean;
    variances[c] = variance;
    return scaling(c, weight, bias);
  };
  const y = pooled(size);
  poolNormalisedInto(x.data, size, learn, y.data);
  if (running !== null) updateRunning(running, { means, variances }, momentum, count / (count - 1));
  const parameters = [weight, bias] as const;
  return record('batchNormPool', y, [x, ...parameters], [x, ...parameters], (grad, [x, weight, bias]) => {
    const back = new Float32Array(x.size);
    const [ofWeight, ofBias] = [new Float32Array(size.channels), new Float32Array(size.channels)];
    const channels = Array.from(means, (_, c) => scaling(c, weight, bias));
    // As in normalise.ts, where a set is a channel.
    const combine = ({ plain, products }: GradientSums, c: number) => {
      const [scale, w] = [1 / Math.sqrt(variances[c]! + eps), weight.data[c]!];
      const scaled = products.map(product => product * scale);
      ofWeight[c] = total(scaled);
      ofBias[c] = total(plain);
      const slope = (scale * scale * total(scaled.map(sum => w * sum))) / count;
      const shift = (scale * total(plain.map(sum => w * sum))) / count - slope * means[c]!;
      return { factor: scale * w, slope, shift };
    };
    poolNormalisedBackInto(x.data, grad.data, size, channels, combine, back);
    return [x.like(back), weight.like(ofWeight), bias.like(ofBias)];
  });
}

/** maxPool2d(relu(batchNormEval(x, running, affine)), 2), off the tape. */
export function batchNormEvalPool(x: Tensor, running: RunningMoments, affine: Affine): Tensor {
  const size = blockSize(x);
  const [scale, shift] = evaluationScaling(running, affine);
  const channels = Array.from(scale.data, (scale, c) => ({ scale, shift: shift.data[c]! }));
  const y = pooled(size);
  poolScaledInto(x.data, size, channels, y.data);
  return y;
}

function blockSize({ shape }: Tensor): BlockSize {
  const [images, channels, height, width] = shape as [number, number, number, number];
  return { images, channels, height, width };
}

function pooled({ images, channels, height, width }: BlockSize): Tensor {
  const shape = [images, channels, height >> 1, width >> 1];
  return new Tensor(new Float32Array(images * channels * (height >> 1) * (width >> 1)), shape);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
