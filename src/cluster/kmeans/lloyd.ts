import type { Products } from '../../kernels/index.ts';
import { assignOn } from './nearest-centers.ts';
import { type Assigner, assignerBy } from './run.ts';
import type { Samples } from './samples.ts';

/**
 * Compares every sample with every center. Cost per iteration: O(samples × clusters × features).
 *
 * Source: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982.
 */
export function lloyd(samples: Samples, products: Products | undefined): Assigner {
  const { rows, weighed, weights } = samples;
  const labels = new Int32Array(weights.length);
  if (products?.nearestRows === undefined) {
    return {
      labels,
      assign: centers => rows.assign(centers, labels),
      assignAndSum: centers => weighed.assignAndSum(centers, labels),
    };
  }
  products.keep(samples.X);
  return assignerBy(samples, labels, centers => assignOn(products, samples.X, centers, labels));
}
