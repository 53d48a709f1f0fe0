import { Matrix } from '../../array/index.ts';
import type { ClusterSums } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';
import { type Clusters, relocateEmpty } from './relocate.ts';
import type { Samples } from './samples.ts';

/** The weighted mean of each cluster; `centers` are those that gave the labels and the sums. */
export function* moveCenters(
  samples: Samples,
  centers: Matrix,
  labels: Int32Array,
  { sums, totals }: ClusterSums,
): Work<Matrix> {
  const clusters = { sums: new Matrix(sums, centers.rows, centers.columns), totals };
  if (totals.includes(0)) yield* relocateEmpty(samples, centers, labels, clusters);
  return averages(clusters);
}

/**
 * The sums over the totals. A cluster that is still empty takes what stands for the heaviest one: its mean, or, where
 * that one comes later, its sum, since scikit-learn averages one cluster after the other.
 */
function averages({ sums, totals }: Clusters): Matrix {
  const heaviest = totals.indexOf(totals.reduce((a, b) => Math.max(a, b)));
  return sums.map((value, j, k) => {
    if (totals[j]! > 0) return value * (1 / totals[j]!);
    return sums.get(heaviest, k) * (j < heaviest ? 1 : 1 / totals[heaviest]!);
  });
}
