/**
 * Convolution with kernels of 3 x 3 at steps of 1 in tiles, in single precision: 16 / 36 of the multiplications of the
 * definition. The fast version agrees with the reference to the bit.
 */

import { ownArena } from '../arena.ts';
import type { ConvolutionKernels } from '../convolution/fast.ts';
import { WASM_BASE64 } from '../generated/winograd.ts';
import { lazyKernel } from '../load.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import type { TiledSize } from './sizes.ts';

export { isTiled, tiledSize, turnedSize, turnedWeight } from './sizes.ts';

const kernel = lazyKernel<fast.TileExports>(WASM_BASE64, ownArena);

/** y = w over the windows of x, plus a bias by channel. */
export function convolveTilesInto(
  kernels: ConvolutionKernels | undefined,
  x: Float32Array,
  w: Float32Array,
  size: TiledSize,
  bias: Float32Array | null,
  y: Float32Array,
): void {
  const tiles = kernels === undefined ? undefined : kernel();
  if (kernels === undefined || tiles === undefined) reference.convolveTiles(x, w, size, bias, y);
  else fast.convolveTiles({ ...kernels, tiles }, x, w, size, bias, y);
}
