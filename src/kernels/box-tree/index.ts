/**
 * A tree of boxes around rows, and the nearest rows found by it. Samples are halved at the median of the column of
 * widest spread, again and again; a search leaves out the boxes that are farther than what it holds. Cost: O(rows ×
 * columns × levels) to grow, and O(columns × levels) and more per query. Versions: `reference.ts` (rows by
 * their order, for trees that the arena does not hold and hosts without WebAssembly; its search is every pair) and `kernel.as.ts`.
 *
 * Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching", 1975.
 */
import type { Matrix } from '../../array/index.ts';
import type { Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/box-tree.ts';
import { lazyKernel } from '../load.ts';
import { type BoxTree, type GrowExports, grow } from './grow.ts';
import { type NearestSamples, search } from './search.ts';

export type { BoxTree, Layout } from './grow.ts';
export type { NearestSamples } from './search.ts';

/** Rows of more bytes would take much of the arena. */
const MOST_BYTES = 2 ** 28;
/** More neighbors than this had better be held in a heap. */
const MOST_NEIGHBORS = 64;

const kernel = lazyKernel<GrowExports>(WASM_BASE64);

/** @param levels Levels of nodes, of which the last are the leaves; a leaf has one row at least. */
export function growBoxTree(X: Matrix, levels: number): Work<BoxTree> {
  return grow(X, levels, isSmall(X) ? kernel() : undefined);
}

/** Whether {@link searchBoxTree} can search these samples on this host. */
export function canSearchBoxTree(samples: Matrix, k: number): boolean {
  return k <= MOST_NEIGHBORS && isSmall(samples) && kernel() !== undefined;
}

/**
 * The `k` nearest samples of each query by squared Euclidean distance; of equally distant ones the first.
 *
 * @param without Where given, a position per query that is left out.
 */
export function searchBoxTree(tree: BoxTree, queries: Matrix, k: number, without?: Int32Array): Work<NearestSamples> {
  return search(kernel()!, tree, queries, k, without);
}

function isSmall({ data }: Matrix): boolean {
  return data.byteLength <= MOST_BYTES;
}
