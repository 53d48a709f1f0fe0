/**
 * Sums from which the means and variances of columns are made, range by range of rows: each range is read from memory
 * once and stays in the cache for its second pass. Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/column-moments.ts';
import { lazyKernel } from '../load.ts';
import { type MomentSums, momentSums } from './reference.ts';

export type { MomentSums };

interface ColumnMomentsExports {
  momentSums(
    block: number,
    rows: number,
    width: number,
    weights: number,
    seen: number,
    sum: number,
    residual: number,
    squares: number,
  ): void;
}

/** Doubles of one range, and rows at least, so that gathering its sums costs less than making them. */
const BLOCK = 32_768;
const FEWEST_ROWS = 256;

const kernel = lazyKernel<ColumnMomentsExports>(WASM_BASE64, ownArena);

/** Hands the sums of consecutive ranges of rows to `visit`; their bounds depend on the shape alone. */
export function* momentSumsWork(
  { data, rows, columns }: Matrix,
  weights: Float64Array | undefined,
  visit: (sums: MomentSums) => void,
): Work<void> {
  const fast = kernel();
  const most = Math.max(1, Math.floor(MAX_OPS / (2 * columns)));
  const height = Math.min(most, Math.max(FEWEST_ROWS, Math.floor(BLOCK / columns)));
  for (let from = 0; from < rows; from += height) {
    const to = Math.min(rows, from + height);
    visit(
      fast === undefined
        ? momentSums(data, columns, weights, from, to)
        : sumByKernel(fast, data, columns, weights, from, to),
    );
    yield { ops: 2 * (to - from) * columns };
  }
}

function sumByKernel(
  fast: ColumnMomentsExports,
  data: Float64Array,
  columns: number,
  weights: Float64Array | undefined,
  from: number,
  to: number,
): MomentSums {
  const rows = to - from;
  const even = columns + (columns & 1);
  const lengths = [rows * columns + 1, rows, even, even, even, even];
  return ownArena.withScratch(
    lengths.map(length => length * 8),
    scratch => {
      const views = lengths.map(length => scratch.float64(length));
      views[0]!.set(data.subarray(from * columns, to * columns));
      if (weights === undefined) views[1]!.fill(1);
      else views[1]!.set(weights.subarray(from, to));
      const [block, ones, ...results] = views.map(view => view.byteOffset) as [number, number, ...Four];
      fast.momentSums(block, rows, columns, ones, ...results);
      const [seen, sum, residual, squares] = views.slice(2).map(view => view.slice(0, columns)) as Vectors;
      return { seen, sum, residual, squares };
    },
  );
}

type Four = [number, number, number, number];
type Vectors = [Float64Array, Float64Array, Float64Array, Float64Array];
