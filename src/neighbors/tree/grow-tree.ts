import type { Matrix } from '../../array/index.ts';
import { type BoxTree, growBoxTree } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';

export type { Layout } from '../../kernels/index.ts';

/**
 * Halves the samples at the median of the column of widest spread, again and again, until leaves hold between
 * `leafSize` and twice as many. Cost: O(samples × features × log samples).
 */
export function growTree(X: Matrix, leafSize: number): Work<BoxTree> {
  return growBoxTree(X, countLevels(X.rows, leafSize));
}

function countLevels(rows: number, leafSize: number): number {
  let levels = 1;
  while ((rows - 1) / leafSize >= 2 ** levels) levels++;
  return levels;
}
