import type { Matrix } from '../../array/index.ts';
import { assignNearest } from './nearest-centers.ts';
import type { Assigner } from './run.ts';

/**
 * Compares every sample with every center. Cost per iteration: O(samples × clusters × features).
 *
 * Source: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982.
 */
export function lloyd(X: Matrix): Assigner {
  const labels = new Int32Array(X.rows);
  return { labels, assign: centers => assignNearest(X, centers, labels) };
}
