import type { Products } from '../../kernels/index.ts';
import { assignOn } from './nearest-centers.ts';
import type { Assigner } from './run.ts';
import type { Samples } from './samples.ts';

/**
 * Compares every sample with every center. Cost per iteration: O(samples × clusters × features).
 *
 * Source: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982.
 */
export function lloyd({ X, rows }: Samples, products: Products | undefined): Assigner {
  const labels = new Int32Array(X.rows);
  if (products?.nearestRows === undefined) return { labels, assign: centers => rows.assign(centers, labels) };
  products.keep(X);
  return { labels, assign: centers => assignOn(products, X, centers, labels) };
}
