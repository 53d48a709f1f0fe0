/**
 * Scores in falling order. Versions: `reference.ts` (a comparison sort; for few scores, for more than the arena holds,
 * and for hosts without WebAssembly) and `kernel.as.ts` (a radix sort of the scores' bits).
 */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/descending-order.ts';
import { lazyKernel } from '../load.ts';
import { type DescendingScores, sortByComparing } from './reference.ts';

export type { DescendingScores };

interface DescendingOrderExports {
  sortDescending(scores: number, tags: number, n: number, sorted: number, sortedTags: number, counts: number): void;
}

/** Below this many scores comparing is faster than emptying the buckets. */
const FEW = 512;
/** More scores than this would take most of the arena. */
const MANY = 2 ** 25;
const COUNTS = 3 * 2048;

const kernel = lazyKernel<DescendingOrderExports>(WASM_BASE64, ownArena);

/**
 * What `read` makes of scores (no NaN) in falling order, each with its tag: a small whole number. The lists are the
 * reader's to write over, and gone when it returns; nothing may be borrowed from the arena meanwhile.
 */
export function readDescending<T>(
  scores: Float64Array,
  tags: ArrayLike<number>,
  read: (sorted: DescendingScores) => T,
): T {
  const n = scores.length;
  const fast = n < FEW || n > MANY ? undefined : kernel();
  if (fast === undefined) return read(sortByComparing(scores, tags));
  return ownArena.withScratch([n * 8, n * 4, n * 8, n * 4, COUNTS * 4], scratch => {
    const given = [scratch.float64(n), scratch.int32(n)] as const;
    const sorted = { scores: scratch.float64(n), tags: scratch.int32(n) };
    given[0].set(scores);
    given[1].set(tags);
    fast.sortDescending(
      given[0].byteOffset,
      given[1].byteOffset,
      n,
      sorted.scores.byteOffset,
      sorted.tags.byteOffset,
      scratch.int32(COUNTS).byteOffset,
    );
    return read(sorted);
  });
}
