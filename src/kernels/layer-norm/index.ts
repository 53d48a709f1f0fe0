/**
 * Normalisation of rows in single precision: some ten operations a value, and twenty back. The fast version takes some
 * rows into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/layer-norm.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { type ColumnFactors, normaliseRows, normaliseRowsBack, type RowMoments } from './reference.ts';

export type { ColumnFactors, RowMoments };

interface LayerNormExports {
  normaliseRows: (
    x: number, rows: number, width: number, weight: number, bias: number, eps: number, means: number, scales: number,
    out: number,
  ) => void; // biome-ignore format: as the kernel's parameters
  normaliseRowsBack: (
    grad: number, x: number, rows: number, width: number, weight: number, means: number, scales: number, back: number,
    ofWeight: number, ofBias: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

const kernel = lazyKernel<LayerNormExports>(WASM_BASE64, ownArena);

/** (x - mean) scale weight + bias, row by row; writes the moments of each row. */
export function normaliseRowsInto(
  x: Float32Array,
  factors: ColumnFactors,
  eps: number,
  moments: RowMoments,
  out: Float32Array,
): void {
  const fast = kernel();
  const width = factors.weight.length;
  if (fast === undefined) {
    normaliseRows(x, factors, eps, moments, out);
    return;
  }
  const tables = [factors.weight, factors.bias, moments.means, moments.scales];
  inPieces({ inputs: [x], outputs: [out], unit: width, tables }, ([x], [out], tables, rows, from) => {
    const [weight, bias, means, scales] = tables as [number, number, number, number];
    const at = from * DOUBLE;
    fast.normaliseRows(x!, rows, width, weight, bias, eps, means + at, scales + at, out!);
  });
}

/** The gradient of x; to `sums` are added those of weight and bias. */
export function normaliseRowsBackInto(
  grad: Float32Array,
  x: Float32Array,
  weight: Float64Array,
  moments: RowMoments,
  back: Float32Array,
  sums: ColumnFactors,
): void {
  const fast = kernel();
  const width = weight.length;
  if (fast === undefined) {
    normaliseRowsBack(grad, x, weight, moments, back, sums);
    return;
  }
  const tables = [weight, moments.means, moments.scales, sums.weight, sums.bias];
  inPieces({ inputs: [grad, x], outputs: [back], unit: width, tables }, ([grad, x], [back], tables, rows, from) => {
    const [weight, means, scales, ofWeight, ofBias] = tables as [number, number, number, number, number];
    const at = from * DOUBLE;
    fast.normaliseRowsBack(grad!, x!, rows, width, weight, means + at, scales + at, back!, ofWeight, ofBias);
  });
}
