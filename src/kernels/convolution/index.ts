/**
 * Convolution of images in single precision, by products of matrices: 2 x images x outChannels x places x channels /
 * groups x kernel operations each. The fast version makes the windows of an image in the arena; it agrees with the
 * reference to the bit. Kernels of 3 x 3 at steps of 1 over enough channels take the way of `winograd`.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/convolution.ts';
import { lazyKernel } from '../load.ts';
import { ownProductKernel } from '../matmul-single/own-kernel.ts';
import { convolveTilesInto, isTiled, tiledSize, turnedSize, turnedWeight } from '../winograd/index.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import { type ConvolutionSize, productOf } from './sizes.ts';
import type { WindowExports } from './window-exports.ts';

export type { ConvolutionSize, Extent, WindowSize } from './sizes.ts';

const kernel = lazyKernel<WindowExports>(WASM_BASE64, ownArena);

/** y (images, outChannels, ...output) of x (images, channels, ...input) and w (outChannels, channels / groups, ...kernel), plus a bias by channel. */
export function convolve(
  x: Float32Array,
  w: Float32Array,
  size: ConvolutionSize,
  bias: Float32Array | null = null,
): Float32Array {
  const y = new Float32Array(size.images * size.outChannels * productOf(size).places);
  const kernels = kernelsOrNone();
  if (isTiled(size)) convolveTilesInto(kernels, x, w, tiledSize(size), bias, y);
  else if (kernels === undefined) reference.convolve(x, w, size, bias, y);
  else fast.convolve(kernels, x, w, size, bias, y);
  return y;
}

/** Gradient of x, of the gradient of y: the transpose of {@link convolve} in x. */
export function convolveBack(grad: Float32Array, w: Float32Array, size: ConvolutionSize): Float32Array {
  const x = new Float32Array(size.images * size.channels * size.input[0] * size.input[1]);
  const kernels = kernelsOrNone();
  if (isTiled(size)) convolveTilesInto(kernels, grad, turnedWeight(w, size), turnedSize(size), null, x);
  else if (kernels === undefined) reference.convolveBack(grad, w, size, x);
  else fast.convolveBack(kernels, grad, w, size, x);
  return x;
}

/** Gradient of w, of x and the gradient of y. */
export function correlate(x: Float32Array, grad: Float32Array, size: ConvolutionSize): Float32Array {
  const { rows, depth } = productOf(size);
  const w = new Float32Array(size.groups * rows * depth);
  const kernels = kernelsOrNone();
  if (kernels === undefined) reference.correlate(x, grad, size, w);
  else fast.correlate(kernels, x, grad, size, w);
  return w;
}

function kernelsOrNone(): fast.ConvolutionKernels | undefined {
  const windows = kernel();
  const product = ownProductKernel();
  return windows === undefined || product === undefined ? undefined : { windows, product };
}
