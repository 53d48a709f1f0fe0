/**
 * A layer of rectified units in double precision, without its products: two operations a value each way. The fast
 * version takes some rows into the arena at a time; it agrees with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/rectified-layer.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { rectifyRows, rectifyRowsBack } from './reference.ts';

export interface RectifiedExports {
  rectifyRows(z: number, rows: number, columns: number, bias: number): void;
  rectifyRowsBack(a: number, deltas: number, rows: number, columns: number, sums: number): void;
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 1024;

const kernel = lazyKernel<RectifiedExports>(WASM_BASE64, ownArena);

/** Z, rows as wide as the bias, becomes max(Z + bias, 0). */
export function rectifyRowsInto(Z: Float64Array, bias: Float64Array): void {
  const fast = Z.length < SMALL ? undefined : kernel();
  const unit = bias.length;
  if (fast === undefined) rectifyRows(Z, bias);
  else {
    const passed = { inputs: [Z], outputs: [Z], areOne: true, unit, tables: [bias] };
    inPieces(passed, ([z], _, [bias], rows) => fast.rectifyRows(z!, rows, unit, bias!));
  }
}

/** Deltas become 0 where A is 0; what is left is added by columns to `sums`, which are as wide as the rows. */
export function rectifyRowsBackInto(A: Float64Array, deltas: Float64Array, sums: Float64Array): void {
  const fast = A.length < SMALL ? undefined : kernel();
  const unit = sums.length;
  if (fast === undefined) rectifyRowsBack(A, deltas, sums);
  else {
    const passed = { inputs: [deltas, A], outputs: [deltas], areOne: true, unit, tables: [sums] };
    inPieces(passed, ([deltas, a], _, [sums], rows) => fast.rectifyRowsBack(a!, deltas!, rows, unit, sums!));
  }
}
