/**
 * A tree of boxes around rows, and the nearest rows found by it. Samples are halved at the median of the column of
 * widest spread, again and again; a search leaves out the boxes that are farther than what it holds. Cost: O(rows ×
 * columns × levels) to grow, and O(columns × levels) and more per query. Versions: `reference.ts` (rows by
 * their order, for trees that the arena does not hold and hosts without WebAssembly; its search is every pair) and `kernel.as.ts`.
 *
 * Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching", 1975.
 */
export { growBoxTree } from './grow.ts';
export type { BoxTree, Layout } from './kernel.ts';
export { canSearchBoxTree, type NearestSamples, searchBoxTree } from './search.ts';
