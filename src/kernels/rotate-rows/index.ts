/**
 * Many plane rotations of the rows of a matrix, as the QR steps of eigenvalue and singular value decompositions
 * collect them. Cost: 6 operations per rotation and column. The fast version works on strips of columns that stay in
 * the second-level cache while all rotations pass over them.
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/rotate-rows.ts';
import { lazyKernel } from '../load.ts';
import { Rotations, rotateColumns } from './reference.ts';

interface RotateRowsExports {
  rotateRows(matrix: number, rows: number, factors: number, count: number, rowBytes: number): void;
}

/** Columns of one strip. */
const STRIP = 64;
const OPS_PER_ELEMENT = 6;
/** Rotations worth collecting before the strips are copied; a strip then stays within one checkpoint. */
const ENOUGH = Math.floor(MAX_OPS / OPS_PER_ELEMENT / STRIP);

const kernel = lazyKernel<RotateRowsExports>(WASM_BASE64);

export { Rotations };

/** Whether so many rotations have been collected that they should be applied now. */
export function isWorthApplying({ count }: Rotations): boolean {
  return count >= ENOUGH;
}

/** Applies the rotations to the rows of `matrix` in place, and clears them. */
export function* rotateRowsWork(matrix: Matrix, rotations: Rotations): Work<void> {
  const fast = kernel();
  for (let from = 0; from < matrix.columns; from += STRIP) {
    const to = Math.min(matrix.columns, from + STRIP);
    if (fast === undefined) rotateColumns(matrix.data, matrix.columns, rotations, from, to);
    else rotateStrip(fast, matrix, rotations, from, to);
    yield { ops: OPS_PER_ELEMENT * rotations.count * (to - from) };
  }
  rotations.clear();
}

function rotateStrip(fast: RotateRowsExports, matrix: Matrix, rotations: Rotations, from: number, to: number): void {
  const { data, rows, columns } = matrix;
  const { count } = rotations;
  const width = 2 * Math.ceil((to - from) / 2);
  withScratch([rows * width * 8, count * 8, count * 16], scratch => {
    const strip = scratch.float64(rows * width);
    const pairs = scratch.int32(2 * count);
    const factors = scratch.float64(2 * count);
    pairs.set(rotations.rows.subarray(0, 2 * count));
    factors.set(rotations.factors.subarray(0, 2 * count));
    for (let i = 0; i < rows; i++) strip.set(data.subarray(i * columns + from, i * columns + to), i * width);
    fast.rotateRows(strip.byteOffset, pairs.byteOffset, factors.byteOffset, count, width * 8);
    for (let i = 0; i < rows; i++) data.set(strip.subarray(i * width, i * width + to - from), i * columns + from);
  });
}
