/**
 * The loops of k-means: the nearest center of each row, the sums of the rows of each cluster, and the distances by which
 * first centers are drawn. Cost: 2 rows × centers × columns operations and more. Versions: `reference.ts` and
 * `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import { WASM_BASE64 } from '../generated/k-means.ts';
import { lazyKernel } from '../load.ts';
import { rowsByKernel } from './rows-by-kernel.ts';
import { type KMeansRows, rowsByLoops } from './rows-by-loops.ts';

export type { ClusterSums } from './reference.ts';
export type { KMeansRows } from './rows-by-loops.ts';
export type { Seeds } from './seeds.ts';
export { seedsOf } from './seeds-of.ts';

const kernel = lazyKernel<object>(WASM_BASE64);

/**
 * Rows prepared for many visits; whoever makes them closes them in a `finally`.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function kMeansRows(X: Matrix): KMeansRows {
  const fast = kernel();
  return fast === undefined ? rowsByLoops(X) : rowsByKernel(fast, X);
}
