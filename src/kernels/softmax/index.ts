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

interface SoftmaxExports {
  softmaxRows(x: number, rows: number, quads: number): void;
  softmaxRowsBack(grad: number, y: number, rows: number, width: number, back: number): void;
}

/** Floats of one piece, where a row is not longer: 32 kB. */
const PIECE = 8192;

const kernel = lazyKernel<SoftmaxExports>(WASM_BASE64, ownArena);

/** Writes the softmax of each row of `width` values to `out`. */
export function softmaxRowsInto(x: Float32Array, width: number, out: Float32Array): void {
  const fast = width === 0 ? undefined : kernel();
  if (fast === undefined) softmaxRows(x, width, out);
  else softmaxInPieces(fast, x, width, out);
}

function softmaxInPieces(fast: SoftmaxExports, x: Float32Array, width: number, out: Float32Array): void {
  const quads = Math.ceil(width / 4);
  const stride = 4 * quads;
  const most = Math.max(1, Math.floor(PIECE / stride));
  ownArena.withScratch([most * stride * Float32Array.BYTES_PER_ELEMENT], scratch => {
    const rows = scratch.float32(most * stride);
    for (let from = 0; from < x.length; from += most * width) {
      const to = Math.min(x.length, from + most * width);
      const count = (to - from) / width;
      if (stride === width) {
        rows.set(x.subarray(from, to));
        fast.softmaxRows(rows.byteOffset, count, quads);
        out.set(rows.subarray(0, to - from), from);
        continue;
      }
      rows.fill(-Infinity);
      for (let i = 0; i < count; i++) rows.set(x.subarray(from + i * width, from + (i + 1) * width), i * stride);
      fast.softmaxRows(rows.byteOffset, count, quads);
      for (let i = 0; i < count; i++) out.set(rows.subarray(i * stride, i * stride + width), from + i * width);
    }
  });
}

/** Writes the gradients of rows of `width` values to `back`, of `y` their softmax. */
export function softmaxRowsBackInto(grad: Float32Array, y: Float32Array, width: number, back: Float32Array): void {
  const fast = width === 0 ? undefined : kernel();
  if (fast === undefined) softmaxRowsBack(grad, y, width, back);
  else {
    inPieces({ inputs: [grad, y], outputs: [back], unit: width }, ([grad, y], [back], _, rows) =>
      fast.softmaxRowsBack(grad!, y!, rows, width, back!),
    );
  }
}
