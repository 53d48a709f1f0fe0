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
  withRooms(roomsOf(size), at => {
    ownArena.put(at.weight, weight);
    if (bias !== null) ownArena.put(at.bias, bias);
    forEachPiece(size, (from, rows) => {
      ownArena.put(at.x, x.subarray(from * inputs, (from + rows) * inputs));
      if (bias !== null) repeatRow(at.bias, outputs, rows, at.y);
      const a = { pointer: at.x, row: inputs * FLOAT, column: FLOAT };
      const b = { pointer: at.weight, row: FLOAT, column: inputs * FLOAT };
      const c = { pointer: at.y, row: outputs * FLOAT, column: FLOAT };
      multiplyPlaced(product, { m: rows, n: outputs, k: inputs }, a, b, c, bias !== null, at.scratch);
      if (activation === 'relu') rectify(at.y, at.y, quadsOf(rows * outputs));
      ownArena.take(at.y, y.subarray(from * outputs, (from + rows) * outputs));
    });
  });
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
  withRooms(roomsOf(size), at => {
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
function roomsOf(size: LinearSize) {
  const { inputs, outputs } = size;
  const rows = pieceOf(size);
  const values = (count: number) => (count + BEHIND) * FLOAT;
  return {
    ...{ weight: inputs * outputs * FLOAT, ofWeight: inputs * outputs * FLOAT, bias: outputs * FLOAT },
    ...{ totals: 2 * outputs * FLOAT, x: values(rows * inputs), y: values(rows * outputs) },
    ...{ gate: values(rows * outputs), scratch: PRODUCT_SCRATCH },
  };
}

function quadsOf(count: number): number {
  return Math.ceil(count / 4);
}
