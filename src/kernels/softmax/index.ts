/**
 * Softmax of rows in single precision: some twenty operations a value, most of them for the exponential. The fast
 * version takes some rows into the arena at a time, so that the copies stay in the caches; it agrees with the reference
 * to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/softmax.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { softmaxRows, softmaxRowsBack } from './reference.ts';

export interface SoftmaxExports {
  softmaxRows(x: number, rows: number, width: number): void;
  softmaxRowsBack(grad: number, y: number, rows: number, width: number, back: number): void;
}

/** The compiled functions, for kernels that have their rows in this thread's own arena. */
export const softmaxKernel = lazyKernel<SoftmaxExports>(WASM_BASE64, ownArena);

/** Writes the softmax of each row of `width` values to `out`. */
export function softmaxRowsInto(x: Float32Array, width: number, out: Float32Array): void {
  const fast = width === 0 ? undefined : softmaxKernel();
  if (fast === undefined) softmaxRows(x, width, out);
  else {
    inPieces({ inputs: [x], outputs: [out], unit: width, areOne: true }, ([x], _, __, rows) =>
      fast.softmaxRows(x!, rows, width),
    );
  }
}

/** Writes the gradients of rows of `width` values to `back`, of `y` their softmax. */
export function softmaxRowsBackInto(grad: Float32Array, y: Float32Array, width: number, back: Float32Array): void {
  const fast = width === 0 ? undefined : softmaxKernel();
  if (fast === undefined) softmaxRowsBack(grad, y, width, back);
  else {
    inPieces({ inputs: [grad, y], outputs: [back], unit: width }, ([grad, y], [back], _, rows) =>
      fast.softmaxRowsBack(grad!, y!, rows, width, back!),
    );
  }
}
