/**
 * Linear maps of rows in single precision, with their bias: 2 x rows x inputs x outputs operations, and twice as many
 * back. The fast version takes each array through the arena once; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/linear.ts';
import { lazyKernel } from '../load.ts';
import { ownProductKernel } from '../matmul-single/own-kernel.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import type { LinearGradients, LinearSize } from './sizes.ts';

export type { LinearGradients, LinearSize };

/** Below so many multiplications the products alone are faster. */
const SMALL = 4096;
/** Floats of a weight: a larger one passes through the arena in parts, product by product. */
const LARGE = 2 ** 24;

const kernel = lazyKernel<Omit<fast.LinearKernels, 'product'>>(WASM_BASE64, ownArena);

/** y (rows, outputs) = x W' + b of x (rows, inputs), W (outputs, inputs) and b (outputs,). */
export function mapRowsInto(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  size: LinearSize,
  y: Float32Array,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.mapRows(x, weight, bias, size, y);
  else fast.mapRows(kernels, x, weight, bias, size, y, 'none');
}

/** The gradients that are wanted, of `grad` that of y. */
export function mapRowsBackInto(
  grad: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  size: LinearSize,
  gradients: LinearGradients,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.mapRowsBack(grad, x, weight, size, gradients);
  else fast.mapRowsBack(kernels, grad, x, weight, size, gradients, null);
}

/** {@link mapRowsInto}, rectified: 0 where y would be below. */
export function mapRectifiedInto(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  size: LinearSize,
  y: Float32Array,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.mapRectified(x, weight, bias, size, y);
  else fast.mapRows(kernels, x, weight, bias, size, y, 'relu');
}

/** {@link mapRowsBackInto} through {@link mapRectifiedInto}, which gave y. */
export function mapRectifiedBackInto(
  grad: Float32Array,
  y: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  size: LinearSize,
  gradients: LinearGradients,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.mapRectifiedBack(grad, y, x, weight, size, gradients);
  else fast.mapRowsBack(kernels, grad, x, weight, size, gradients, y);
}

function kernelsFor({ rows, inputs, outputs }: LinearSize): fast.LinearKernels | undefined {
  if (rows * inputs * outputs < SMALL || inputs * outputs > LARGE) return undefined;
  const [own, product] = [kernel(), ownProductKernel()];
  return own === undefined || product === undefined ? undefined : { ...own, product };
}
