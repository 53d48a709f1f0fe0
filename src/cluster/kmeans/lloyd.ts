import type { Matrix } from '../../array/index.ts';
import type { Products } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';
import { assignNearest } from './nearest-centers.ts';
import type { Assigner } from './run.ts';
import type { Samples } from './samples.ts';

/**
 * Compares every sample with every center. Cost per iteration: O(samples × clusters × features).
 *
 * Source: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28, 1982.
 */
export function lloyd({ X, rows }: Samples, products: Products): Assigner {
  const labels = new Int32Array(X.rows);
  if (products.nearestRows === undefined) return { labels, assign: centers => rows.assign(centers, labels) };
  products.keep(X);
  return { labels, assign: centers => assignOn(products, X, centers, labels) };
}

/** `assignNearest` on any device: rows that a GPU leaves open are settled in double, so that the labels are the same. */
export function* assignOn({ nearestRows }: Products, X: Matrix, centers: Matrix, labels: Int32Array): Work<void> {
  if (nearestRows === undefined) return yield* assignNearest(X, centers, labels);
  labels.set(yield* nearestRows(X, centers));
  const open = Int32Array.from(labels.keys()).filter(i => labels[i] === -1);
  const settled = new Int32Array(open.length);
  yield* assignNearest(X.takeRows(open), centers, settled);
  open.forEach((i, at) => {
    labels[i] = settled[at]!;
  });
}
