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
import type { Moments } from './normalise.ts';

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
  const moments = { means: new Float64Array(size.channels), variances: new Float64Array(size.channels) };
  const learn = ({ mean, variance }: ChannelMoments, c: number) => {
    moments.means[c] = mean;
    moments.variances[c] = variance;
    return scalingOf(c, moments, { weight, bias, eps });
  };
  const y = pooled(size);
  poolNormalisedInto(x.data, size, learn, y.data);
  if (running !== null) updateRunning(running, moments, momentum, count / (count - 1));
  const parameters = [weight, bias] as const;
  return record('batchNormPool', y, [x, ...parameters], [x, ...parameters], (grad, [x, weight, bias]) =>
    gradients(grad, x, size, moments, { weight, bias, eps }),
  );
}

/** Those of x, of the weight and of the bias; as in normalise.ts, where a set is a channel. */
function gradients(grad: Tensor, x: Tensor, size: BlockSize, moments: Moments, affine: Affine): Tensor[] {
  const { weight, bias, eps } = affine;
  const count = size.images * size.height * size.width;
  const back = new Float32Array(x.size);
  const [ofWeight, ofBias] = [new Float32Array(size.channels), new Float32Array(size.channels)];
  const channels = Array.from(ofWeight, (_, c) => scalingOf(c, moments, affine));
  const combine = ({ plain, products }: GradientSums, c: number) => {
    const [scale, w] = [1 / Math.sqrt(moments.variances[c]! + eps), weight.data[c]!];
    const scaled = products.map(product => product * scale);
    ofWeight[c] = total(scaled);
    ofBias[c] = total(plain);
    const slope = (scale * scale * total(scaled.map(sum => w * sum))) / count;
    const shift = (scale * total(plain.map(sum => w * sum))) / count - slope * moments.means[c]!;
    return { factor: scale * w, slope, shift };
  };
  poolNormalisedBackInto(x.data, grad.data, size, channels, combine, back);
  return [x.like(back), weight.like(ofWeight), bias.like(ofBias)];
}

/** What a channel is multiplied by and shifted by, and its mean. */
function scalingOf(c: number, { means, variances }: Moments, { weight, bias, eps }: Affine) {
  const scale = (1 / Math.sqrt(variances[c]! + eps)) * weight.data[c]!;
  return { scale, shift: bias.data[c]! - means[c]! * scale, mean: means[c]! };
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
