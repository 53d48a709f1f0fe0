/**
 * Scores in falling order. Versions: `reference.ts` (a comparison sort; for few scores, for more than the arena holds,
 * and for hosts without WebAssembly) and `kernel.as.ts` (a radix sort of the scores' bits).
 */
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/descending-order.ts';
import { lazyKernel } from '../load.ts';
import { type DescendingScores, sortByComparing } from './reference.ts';

export type { DescendingScores };

interface DescendingOrderExports {
  sortDescending(scores: number, n: number, spareScores: number, rows: number, spareRows: number, counts: number): void;
}

/** Below this many scores comparing is faster than emptying the buckets. */
const FEW = 512;
/** More scores than this would take most of the arena. */
const MANY = 2 ** 25;
const COUNTS = 3 * 2048;

const kernel = lazyKernel<DescendingOrderExports>(WASM_BASE64);

/** Scores (no NaN) in falling order, and the rows they came from; equal scores in order of their rows. */
export function sortDescending(scores: Float64Array): DescendingScores {
  const n = scores.length;
  const fast = n < FEW || n > MANY ? undefined : kernel();
  if (fast === undefined) return sortByComparing(scores);
  return withScratch([n * 8, n * 8, n * 4, n * 4, COUNTS * 4], scratch => {
    const [sorted, spareScores] = [scratch.float64(n), scratch.float64(n)];
    const [rows, spareRows, counts] = [scratch.int32(n), scratch.int32(n), scratch.int32(COUNTS)];
    sorted.set(scores);
    fast.sortDescending(
      sorted.byteOffset,
      n,
      spareScores.byteOffset,
      rows.byteOffset,
      spareRows.byteOffset,
      counts.byteOffset,
    );
    return { rows: new Uint32Array(rows.buffer, rows.byteOffset, n).slice(), scores: sorted.slice() };
  });
}
