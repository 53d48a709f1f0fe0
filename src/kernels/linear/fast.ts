/** A linear map in this thread's own arena: some rows at a time pass through it once, forward and back. */
import { ownArena } from '../arena.ts';
import { multiplyPlaced } from '../matmul/at-once.ts';
import { DEPTH } from '../matmul/product.ts';
import { PRODUCT_SCRATCH, type SingleExports } from '../matmul-single/own-kernel.ts';
import { withRooms } from '../rooms.ts';
import type { LinearGradients, LinearSize } from './sizes.ts';

export interface LinearKernels {
  readonly product: SingleExports;
  readonly repeatRow: (row: number, columns: number, rows: number, out: number) => void;
  readonly addColumns: (x: number, rows: number, columns: number, totals: number) => void;
  readonly rectify: (x: number, out: number, quads: number) => void;
  readonly passPositive: (y: number, grad: number, out: number, quads: number) => void;
}

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
/** Floats of x and y that lie in the arena at a time, where {@link DEPTH} rows have fewer: 1 MB. */
const PIECE = 2 ** 18;
/** Floats of the weight that lie in the arena at a time for a single row: 128 kB. */
const ROW_PIECE = 2 ** 15;
/** Floats that may be touched behind a piece. */
const BEHIND = 4;

export function mapRows(
  { product, repeatRow, rectify }: LinearKernels,
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array | null,
  size: LinearSize,
  y: Float32Array,
  activation: 'none' | 'relu',
): void {
  const { inputs, outputs } = size;
  const part = outputsAtATime(size);
  withRooms(roomsOf(size, part), at => {
    if (part === outputs) ownArena.put(at.weight, weight);
    if (bias !== null) ownArena.put(at.bias, bias);
    forEachPiece(size, (from, rows) => {
      ownArena.put(at.x, x.subarray(from * inputs, (from + rows) * inputs));
      if (bias !== null) repeatRow(at.bias, outputs, rows, at.y);
      const a = { pointer: at.x, row: inputs * FLOAT, column: FLOAT };
      const b = { pointer: at.weight, row: FLOAT, column: inputs * FLOAT };
      for (let j = 0; j < outputs; j += part) {
        const n = Math.min(part, outputs - j);
        if (n < outputs) ownArena.put(at.weight, weight.subarray(j * inputs, (j + n) * inputs));
        const c = { pointer: at.y + j * FLOAT, row: outputs * FLOAT, column: FLOAT };
        multiplyPlaced(product, { m: rows, n, k: inputs }, a, b, c, bias !== null, at.scratch);
      }
      if (activation === 'relu') rectify(at.y, at.y, quadsOf(rows * outputs));
      ownArena.take(at.y, y.subarray(from * outputs, (from + rows) * outputs));
    });
  });
}

/** A single row uses each value of the weight once, right after it came into the caches; more rows take it in whole. */
function outputsAtATime({ rows, inputs, outputs }: LinearSize): number {
  return rows === 1 ? Math.min(outputs, 16 * Math.max(1, Math.floor(ROW_PIECE / inputs / 16))) : outputs;
}

/** @param y what a rectified map gave; null for a map that was not */
export function mapRowsBack(
  { product, addColumns, passPositive }: LinearKernels,
  grad: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  size: LinearSize,
  { ofX, ofWeight, ofBias }: LinearGradients,
  y: Float32Array | null,
): void {
  const { inputs, outputs } = size;
  withRooms(roomsOf(size, size.outputs), at => {
    const totals = ownArena.doubles.subarray(at.totals / (2 * FLOAT), at.totals / (2 * FLOAT) + outputs).fill(0);
    if (ofX !== null) ownArena.put(at.weight, weight);
    const w = { pointer: at.weight, row: inputs * FLOAT, column: FLOAT };
    const right = { pointer: at.x, row: inputs * FLOAT, column: FLOAT };
    forEachPiece(size, (from, rows) => {
      ownArena.put(at.y, grad.subarray(from * outputs, (from + rows) * outputs));
      if (y !== null) {
        ownArena.put(at.gate, y.subarray(from * outputs, (from + rows) * outputs));
        passPositive(at.gate, at.y, at.y, quadsOf(rows * outputs));
      }
      if (ofBias !== null) addColumns(at.y, rows, outputs, at.totals);
      if (ofWeight !== null) {
        ownArena.put(at.x, x.subarray(from * inputs, (from + rows) * inputs));
        const turned = { pointer: at.y, row: FLOAT, column: outputs * FLOAT };
        const to = { pointer: at.ofWeight, row: inputs * FLOAT, column: FLOAT };
        multiplyPlaced(product, { m: outputs, n: inputs, k: rows }, turned, right, to, from > 0, at.scratch);
      }
      if (ofX !== null) {
        const left = { pointer: at.y, row: outputs * FLOAT, column: FLOAT };
        multiplyPlaced(product, { m: rows, n: inputs, k: outputs }, left, w, right, false, at.scratch);
        ownArena.take(at.x, ofX.subarray(from * inputs, (from + rows) * inputs));
      }
    });
    if (ofWeight !== null) ownArena.take(at.ofWeight, ofWeight);
    ofBias?.set(totals);
  });
}

/** Whole blocks of steps of the product that sums over rows, so that its sums are those of all rows at once. */
function pieceOf({ rows, inputs, outputs }: LinearSize): number {
  return Math.min(rows, DEPTH * Math.max(1, Math.floor(PIECE / (inputs + outputs) / DEPTH)));
}

function forEachPiece(size: LinearSize, visit: (from: number, rows: number) => void): void {
  const piece = pieceOf(size);
  for (let from = 0; from < size.rows; from += piece) visit(from, Math.min(piece, size.rows - from));
}

/** Bytes of what lies in the arena. */
function roomsOf(size: LinearSize, outputsAtOnce: number) {
  const { inputs, outputs } = size;
  const rows = pieceOf(size);
  const values = (count: number) => (count + BEHIND) * FLOAT;
  return {
    ...{ weight: inputs * outputsAtOnce * FLOAT, ofWeight: inputs * outputs * FLOAT, bias: outputs * FLOAT },
    ...{ totals: 2 * outputs * FLOAT, x: values(rows * inputs), y: values(rows * outputs) },
    ...{ gate: values(rows * outputs), scratch: PRODUCT_SCRATCH },
  };
}

function quadsOf(count: number): number {
  return Math.ceil(count / 4);
}
