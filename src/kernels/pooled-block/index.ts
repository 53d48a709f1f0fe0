/**
 * What follows a convolution, in one pass: a scale and a shift by channel (of a batch norm, say), rectified, and pooled
 * by the largest of 2 x 2: some ten operations a value, thirty back. The fast version takes some channels of all images
 * into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/pooled-block.ts';
import { lazyKernel } from '../load.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import type { BlockSize, ChannelMoments, Combination, GradientSums, ScaledChannel, Scaling } from './sizes.ts';

export { isWorthPooling } from './fast.ts';
export type { BlockSize, ChannelMoments, Combination, GradientSums, ScaledChannel, Scaling };

const kernel = lazyKernel<fast.BlockExports>(WASM_BASE64, ownArena);

/** y = pool(max(scale x + shift, 0)). */
export function poolScaledInto(x: Float32Array, size: BlockSize, channels: readonly Scaling[], y: Float32Array): void {
  const exports = kernel();
  if (exports === undefined) reference.poolScaled(x, size, channels, y);
  else fast.poolScaled(exports, x, size, channels, y);
}

/** {@link poolScaledInto} by what the channels' means and variances say. */
export function poolNormalisedInto(
  x: Float32Array,
  size: BlockSize,
  scalingOf: (moments: ChannelMoments, channel: number) => Scaling,
  y: Float32Array,
): void {
  const exports = kernel();
  if (exports === undefined) reference.poolNormalised(x, size, scalingOf, y);
  else fast.poolNormalised(exports, x, size, scalingOf, y);
}

/** The gradient in x, of `grad` that of y: a combination of x and of the gradient of scale x + shift, by its sums. */
export function poolNormalisedBackInto(
  x: Float32Array,
  grad: Float32Array,
  size: BlockSize,
  channels: readonly ScaledChannel[],
  combinationOf: (sums: GradientSums, channel: number) => Combination,
  back: Float32Array,
): void {
  const exports = kernel();
  if (exports === undefined) reference.poolNormalisedBack(x, grad, size, channels, combinationOf, back);
  else fast.poolNormalisedBack(exports, x, grad, size, channels, combinationOf, back);
}
