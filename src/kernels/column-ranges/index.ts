/**
 * Least and greatest value of each column; missing values (`NaN`) are passed over. Cost: one read of the matrix.
 * Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import type { Work } from '../../work/index.ts';
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/column-ranges.ts';
import { lazyKernel } from '../load.ts';
import { type ColumnRanges, emptyRanges, widenRanges } from './reference.ts';

export type { ColumnRanges };

interface ColumnRangesExports {
  widenRanges(block: number, rows: number, width: number, least: number, greatest: number): void;
}

/** Doubles of one block, which stays in the second-level cache. */
const BLOCK = 32_768;

const kernel = lazyKernel<ColumnRangesExports>(WASM_BASE64, ownArena);

/** The ranges of all columns; Infinity and -Infinity where a column has no value. */
export function* columnRangesWork({ data, rows, columns }: Matrix): Work<ColumnRanges> {
  const ranges = emptyRanges(columns);
  const fast = kernel();
  const height = Math.max(1, Math.floor(BLOCK / columns));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    if (fast === undefined) widenRanges(ranges, data, from, to);
    else widenByKernel(fast, ranges, data, from, to);
    yield { ops: (to - from) * columns };
  }
  return ranges;
}

function widenByKernel(
  fast: ColumnRangesExports,
  { least, greatest }: ColumnRanges,
  data: Float64Array,
  from: number,
  to: number,
): void {
  const rows = to - from;
  const width = least.length;
  const even = width + (width & 1);
  ownArena.withScratch([(rows * width + 1) * 8, even * 8, even * 8], scratch => {
    const block = scratch.float64(rows * width + 1);
    const lows = scratch.float64(even);
    const highs = scratch.float64(even);
    block.set(data.subarray(from * width, to * width));
    lows.set(least);
    highs.set(greatest);
    fast.widenRanges(block.byteOffset, rows, width, lows.byteOffset, highs.byteOffset);
    least.set(lows.subarray(0, width));
    greatest.set(highs.subarray(0, width));
  });
}
