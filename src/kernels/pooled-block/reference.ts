/**
 * What follows a convolution: a scale and a shift by channel, rectified, and the largest of every 2 x 2, with x of shape
 * (images, channels, height, width) and y of (images, channels, height / 2, width / 2). Made of the references of
 * `channel-lines`, `elementwise` and `max-pool`, one over all images after the other.
 */
import { combineLines, scaleLines, sumGradients, sumLines, sumSquares } from '../channel-lines/reference.ts';
import { passPositive, rectify } from '../elementwise/reference.ts';
import { poolByFour, poolByFourBack } from '../max-pool/reference.ts';
import type { BlockSize, ChannelMoments, Combination, GradientSums, ScaledChannel, Scaling } from './sizes.ts';

/** y = pool(max(scale x + shift, 0)). */
export function poolScaled(x: Float32Array, size: BlockSize, channels: readonly Scaling[], y: Float32Array): void {
  poolByFour(rectified(x, size, channels), size, y);
}

/** {@link poolScaled} by what the channels' means and variances say. */
export function poolNormalised(
  x: Float32Array,
  size: BlockSize,
  scalingOf: (moments: ChannelMoments, channel: number) => Scaling,
  y: Float32Array,
): void {
  const inner = size.height * size.width;
  const count = size.images * inner;
  const lineSums = new Float64Array(size.images * size.channels);
  sumLines(x, inner, lineSums);
  const means = byChannel(lineSums, size).map(sum => sum / count);
  sumSquares(
    x,
    inner,
    byLine(size, c => means[c]!),
    lineSums,
  );
  const variances = byChannel(lineSums, size).map(sum => sum / count);
  const channels = Array.from(means, (mean, c) => scalingOf({ mean, variance: variances[c]! }, c));
  poolScaled(x, size, channels, y);
}

/** The gradient in x, of `grad` that of y: a combination of x and of the gradient of scale x + shift, by its sums. */
export function poolNormalisedBack(
  x: Float32Array,
  grad: Float32Array,
  size: BlockSize,
  channels: readonly ScaledChannel[],
  combinationOf: (sums: GradientSums, channel: number) => Combination,
  back: Float32Array,
): void {
  const inner = size.height * size.width;
  const values = rectified(x, size, channels);
  const gradient = new Float32Array(x.length);
  poolByFourBack(values, grad, size, gradient);
  passPositive(values, gradient, gradient);
  const lines = size.images * size.channels;
  const [plain, products] = [new Float64Array(lines), new Float64Array(lines)];
  sumGradients(
    gradient,
    x,
    inner,
    byLine(size, c => channels[c]!.mean),
    plain,
    products,
  );
  const ofChannel = (sums: Float64Array, c: number) => sums.filter((_, line) => line % size.channels === c);
  const parts = channels.map((_, c) =>
    combinationOf({ plain: ofChannel(plain, c), products: ofChannel(products, c) }, c),
  );
  const [factors, slopes, shifts] = (['factor', 'slope', 'shift'] as const).map(name =>
    byLine(size, c => parts[c]![name]),
  ) as [Float64Array, Float64Array, Float64Array];
  combineLines(gradient, x, inner, factors, slopes, shifts, back);
}

function rectified(x: Float32Array, size: BlockSize, channels: readonly Scaling[]): Float32Array {
  const values = new Float32Array(x.length);
  const scales = byLine(size, c => channels[c]!.scale);
  const shifts = byLine(size, c => channels[c]!.shift);
  scaleLines(x, size.height * size.width, scales, shifts, values);
  rectify(values, values);
  return values;
}

/** A channel's number for each image of it. */
function byLine({ images, channels }: BlockSize, value: (channel: number) => number): Float64Array {
  return Float64Array.from({ length: images * channels }, (_, line) => value(line % channels));
}

/** The lines' numbers added up by channel. */
function byChannel(lines: Float64Array, { channels }: BlockSize): Float64Array {
  const totals = new Float64Array(channels);
  for (const [line, value] of lines.entries()) totals[line % channels]! += value;
  return totals;
}
