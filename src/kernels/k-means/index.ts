/**
 * The loops of k-means: rows around their mean, the nearest center of each row, the sums of the rows of each cluster and
 * their inertia, and the distances by which first centers are drawn. Cost: 2 rows × centers × columns operations and more.
 * Versions: `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import { kMeansKernel } from './own-kernel.ts';
import { rowsByKernel } from './rows-by-kernel.ts';
import { type KMeansRows, rowsByLoops } from './rows-by-loops.ts';

export { type CentredRows, centredRows } from './centred-rows.ts';
export { inertiaByLoops } from './inertia-by-loops.ts';
export { type ClusterSums, centreRows, type Squares } from './reference.ts';
export type { KMeansRows } from './rows-by-loops.ts';
export type { Seeds } from './seeds.ts';
export { seedsOf } from './seeds-of.ts';
export { type WeighedRows, weighedRows } from './weighed-rows.ts';

/**
 * Rows prepared for many visits; whoever makes them closes them in a `finally`.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function kMeansRows(X: Matrix): KMeansRows {
  const fast = kMeansKernel();
  return fast === undefined ? rowsByLoops(X) : rowsByKernel(fast, X);
}
