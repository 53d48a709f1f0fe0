/**
 * Sums of the columns of a matrix in single precision, kept in double: one addition a value. The fast version agrees
 * with the reference to the bit.
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/column-sums.ts';
import { lazyKernel } from '../load.ts';
import { inPieces } from '../pieces.ts';
import { addColumns } from './reference.ts';

interface ColumnSumExports {
  addColumns(x: number, rows: number, columns: number, totals: number): void;
}

/** Below this many values the way into the arena and back costs more than it saves. */
const SMALL = 1024;

const kernel = lazyKernel<ColumnSumExports>(WASM_BASE64, ownArena);

/** Adds the sums of the columns of a matrix, stored by rows as wide as `totals`, to `totals`. */
export function addColumnsInto(x: Float32Array, totals: Float64Array): void {
  const fast = x.length < SMALL ? undefined : kernel();
  const columns = totals.length;
  if (fast === undefined) addColumns(x, totals);
  else {
    inPieces({ inputs: [x], outputs: [], unit: columns, tables: [totals] }, ([x], _, [totals], rows) =>
      fast.addColumns(x!, rows, columns, totals!),
    );
  }
}
