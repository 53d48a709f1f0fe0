/**
 * Attention in several heads, in single precision: two products of length x sources x depth a head, and four back. The
 * fast version takes a sequence at a time through the arena, so that scores and weights of a head stay in the caches; it
 * agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/attention.ts';
import { lazyKernel } from '../load.ts';
import { ownProductKernel } from '../matmul-single/own-kernel.ts';
import { softmaxKernel } from '../softmax/index.ts';
import * as fast from './fast.ts';
import * as reference from './reference.ts';
import type { AttentionOperands, AttentionSize } from './sizes.ts';

export type { AttentionOperands, AttentionSize, HeadColumns } from './sizes.ts';

const kernel = lazyKernel<Pick<fast.AttentionKernels, 'scaleRows'>>(WASM_BASE64, ownArena);

/** Writes weights = softmax(q k' / sqrt(depth)), (batch, heads, length, sources), and y = weights v, (batch, length, heads depth). */
export function attendInto(
  operands: AttentionOperands,
  size: AttentionSize,
  weights: Float32Array,
  y: Float32Array,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.attend(operands, size, weights, y);
  else fast.attend(kernels, operands, size, weights, y);
}

/** Writes the gradients of queries, keys and values to the columns `into`, of `grad` that of y. */
export function attendBackInto(
  grad: Float32Array,
  weights: Float32Array,
  operands: AttentionOperands,
  size: AttentionSize,
  into: AttentionOperands,
): void {
  const kernels = kernelsFor(size);
  if (kernels === undefined) reference.attendBack(grad, weights, operands, size, into);
  else fast.attendBack(kernels, grad, weights, operands, size, into);
}

/** Weights of a head: more pass through the arena in parts, product by product. */
const LARGE = 2 ** 24;

/** None where there are no steps to sum over, either: products in the arena are not written without. */
function kernelsFor({ sources, depth, length }: AttentionSize): fast.AttentionKernels | undefined {
  if (sources * depth * length === 0 || length * sources > LARGE) return undefined;
  const [own, product, softmax] = [kernel(), ownProductKernel(), softmaxKernel()];
  if (own === undefined || product === undefined || softmax === undefined) return undefined;
  return { scaleRows: own.scaleRows, product, softmax };
}
