/**
 * A copy of a matrix with a value per column in the place of `NaN`. Cost: one read and one write of the matrix.
 * Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import { Matrix } from '../../array/index.ts';
import type { Work } from '../../work/index.ts';
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/fill-missing.ts';
import { lazyKernel } from '../load.ts';
import { repeatInto, rowsPerLongRow } from '../long-rows.ts';
import { fillRows } from './reference.ts';

interface FillMissingExports {
  fillMissing(block: number, rows: number, width: number, values: number): number;
}

/** Doubles of one block: it stays in the second-level cache between the copies in and out. */
const BLOCK = 16_384;

const kernel = lazyKernel<FillMissingExports>(WASM_BASE64);

/** The filled matrix, or undefined as soon as a value of X is infinite. */
export function* fillMissingWork(X: Matrix, values: Float64Array): Work<Matrix | undefined> {
  const { rows, columns } = X;
  const result = Matrix.zeros(rows, columns);
  const fast = kernel();
  const height = Math.max(1, Math.floor(BLOCK / columns));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    const hasNoInfinity =
      fast === undefined ? fillByLoop(X, values, from, to, result) : fillBlock(fast, X, values, from, to, result);
    if (!hasNoInfinity) return undefined;
    yield { ops: (to - from) * columns };
  }
  return result;
}

function fillByLoop({ data, columns }: Matrix, values: Float64Array, from: number, to: number, out: Matrix): boolean {
  fillRows(data, columns, values, from, to, out.data);
  return data.subarray(from * columns, to * columns).every(value => Math.abs(value) !== Number.POSITIVE_INFINITY);
}

function fillBlock(
  fast: FillMissingExports,
  { data, columns }: Matrix,
  values: Float64Array,
  from: number,
  to: number,
  out: Matrix,
): boolean {
  const [start, end] = [from * columns, to * columns];
  const width = rowsPerLongRow(columns) * columns;
  const rows = Math.ceil((end - start) / width);
  return withScratch([rows * width * 8, width * 8], scratch => {
    const block = scratch.float64(rows * width);
    const repeated = scratch.float64(width);
    block.set(data.subarray(start, end));
    block.fill(0, end - start);
    repeatInto(values, repeated);
    const isInfinite = fast.fillMissing(block.byteOffset, rows, width, repeated.byteOffset);
    out.data.set(block.subarray(0, end - start), start);
    return isInfinite === 0;
  });
}
