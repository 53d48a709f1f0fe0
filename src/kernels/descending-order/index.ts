/**
 * Rows in the order of falling scores. Versions: `reference.ts` (a comparison sort; for few rows, for more than the
 * arena holds, and for hosts without WebAssembly) and `kernel.as.ts` (a radix sort of the scores' bits).
 */
import { withScratch } from '../arena.ts';
import { WASM_BASE64 } from '../generated/descending-order.ts';
import { lazyKernel } from '../load.ts';
import { orderByComparing } from './reference.ts';

interface DescendingOrderExports {
  descendingOrder(scores: number, n: number, words: number, spare: number, counts: number): void;
}

/** Below this many rows comparing is faster than emptying the buckets. */
const FEW = 512;
/** More scores than this would take most of the arena. */
const MANY = 2 ** 25;
const COUNTS = 3 * 2048;

const kernel = lazyKernel<DescendingOrderExports>(WASM_BASE64);

/** Row numbers by falling score, rows of equal score in their own order; scores must be numbers. */
export function descendingOrder(scores: Float64Array): Uint32Array {
  const n = scores.length;
  const fast = n < FEW || n > MANY ? undefined : kernel();
  if (fast === undefined) return orderByComparing(scores);
  return withScratch([n * 8, n * 8, n * 8, COUNTS * 4], scratch => {
    const [values, words, spare] = [scratch.float64(n), scratch.int32(2 * n), scratch.int32(2 * n)];
    values.set(scores);
    const counts = scratch.int32(COUNTS);
    fast.descendingOrder(values.byteOffset, n, words.byteOffset, spare.byteOffset, counts.byteOffset);
    return new Uint32Array(words.buffer, words.byteOffset, n).slice();
  });
}
