import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import type { Samples } from './samples.ts';
import { squaredDistance } from './squared-distance.ts';

/** Weighted sums of the samples of each cluster, and the sums of their weights. */
export interface Clusters {
  readonly sums: Matrix;
  readonly totals: Float64Array;
}

/**
 * Gives each empty cluster one of the samples that lie farthest from their centers, the farthest first, and takes it
 * from the cluster it was in. Nothing is done where every sample lies on its center.
 */
export function* relocateEmpty(
  samples: Samples,
  centers: Matrix,
  labels: Int32Array,
  { sums, totals }: Clusters,
): Work<void> {
  const { X, weights } = samples;
  const { data, columns } = X;
  const empty = Array.from(totals.keys()).filter(j => totals[j] === 0);
  const distances = new Float64Array(X.rows);
  yield* inBlocks(X.rows, columns, (from, to) => {
    for (let i = from; i < to; i++) distances[i] = squaredDistance(data, i, centers.data, labels[i]!, columns);
  });
  const farthest = greatest(distances, empty.length);
  if (distances[farthest[0]!] === 0) return;
  empty.forEach((cluster, rank) => {
    const i = farthest[rank]!;
    const weight = weights[i]!;
    const old = labels[i]!;
    for (let k = 0; k < columns; k++) {
      const value = data[i * columns + k]! * weight;
      sums.data[old * columns + k]! -= value;
      sums.data[cluster * columns + k] = value;
    }
    totals[cluster] = weight;
    totals[old]! -= weight;
  });
}

/** Positions of the `count` greatest values, in descending order; of equal values the last first. */
function greatest(values: Float64Array, count: number): Int32Array {
  if (count === 1) {
    let best = 0;
    for (let i = 1; i < values.length; i++) if (values[i]! >= values[best]!) best = i;
    return Int32Array.of(best);
  }
  const order = Int32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || b - a);
  return order.subarray(0, count);
}
