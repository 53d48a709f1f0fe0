/**
 * Shifts and scales the columns of a matrix into a fresh one. Cost: one read and one write of the matrix, and a
 * division per value. Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import { Matrix } from '../../array/index.ts';
import type { Work } from '../../work/index.ts';
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/scale-columns.ts';
import { lazyKernel } from '../load.ts';
import { repeatInto, rowsPerLongRow } from '../long-rows.ts';
import { type ColumnScaling, scaleRows, scaleValue } from './reference.ts';

export type { ColumnScaling };
export { scaleValue };

type Scale = (
  block: number,
  rows: number,
  width: number,
  shift: number,
  scale: number,
  low: number,
  high: number,
) => number;

interface ScaleColumnsExports {
  readonly subtractAndDivide: Scale;
  readonly multiplyAndAdd: Scale;
}

/** Doubles of one block: it stays in the second-level cache between the copies in and out. */
const BLOCK = 16_384;
/** With fewer doubles, the way into the arena and back costs more than it saves. */
const SMALL = 512;

const kernel = lazyKernel<ScaleColumnsExports>(WASM_BASE64);

/**
 * The scaled matrix.
 *
 * @param refuse is told where a result is first infinite, by its position in the data; it throws
 */
export function* scaleColumnsWork(
  X: Matrix,
  scaling: ColumnScaling,
  refuse: (position: number) => never,
): Work<Matrix> {
  const result = Matrix.zeros(X.rows, X.columns);
  const fast = X.data.length < SMALL ? undefined : kernel();
  const height = Math.max(1, Math.floor(BLOCK / X.columns));
  for (let from = 0; from < X.rows; from += height) {
    const to = Math.min(X.rows, from + height);
    const isInRange =
      fast === undefined ? scaleByLoop(X, scaling, from, to, result) : scaleBlock(fast, X, scaling, from, to, result);
    if (!isInRange) refuse(firstInfinite(result.data, from * X.columns, to * X.columns));
    yield { ops: (to - from) * X.columns };
  }
  return result;
}

function scaleByLoop(X: Matrix, scaling: ColumnScaling, from: number, to: number, { data }: Matrix): boolean {
  scaleRows(X.data, X.columns, scaling, from, to, data);
  return firstInfinite(data, from * X.columns, to * X.columns) === -1;
}

function scaleBlock(
  fast: ScaleColumnsExports,
  { data, columns }: Matrix,
  { rule, shift, scale, bounds = [-Infinity, Infinity] }: ColumnScaling,
  from: number,
  to: number,
  { data: out }: Matrix,
): boolean {
  const [start, end] = [from * columns, to * columns];
  const width = rowsPerLongRow(columns) * columns;
  const rows = Math.ceil((end - start) / width);
  return withScratch([rows * width * 8, width * 8, width * 8], scratch => {
    const block = scratch.float64(rows * width);
    const shifts = scratch.float64(width);
    const scales = scratch.float64(width);
    block.set(data.subarray(start, end));
    block.fill(Number.NaN, end - start);
    repeatInto(shift, shifts);
    repeatInto(scale, scales);
    const run = rule === 'subtract and divide' ? fast.subtractAndDivide : fast.multiplyAndAdd;
    const isInfinite = run(block.byteOffset, rows, width, shifts.byteOffset, scales.byteOffset, bounds[0], bounds[1]);
    out.set(block.subarray(0, end - start), start);
    return isInfinite === 0;
  });
}

function firstInfinite(data: Float64Array, from: number, end: number): number {
  for (let at = from; at < end; at++) if (data[at] === Infinity || data[at] === -Infinity) return at;
  return -1;
}
