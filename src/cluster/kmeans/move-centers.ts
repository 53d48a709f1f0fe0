import { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { relocateEmpty } from './relocate.ts';
import type { Samples } from './samples.ts';

/** Weighted sums of the samples of each cluster, and the sums of their weights. */
export interface ClusterSums {
  readonly sums: Matrix;
  readonly totals: Float64Array;
}

/** The weighted mean of each cluster; `centers` are those that gave the labels. */
export function* moveCenters(samples: Samples, centers: Matrix, labels: Int32Array): Work<Matrix> {
  const { X, weights } = samples;
  const { data, columns } = X;
  const sums = Matrix.zeros(centers.rows, columns);
  const totals = new Float64Array(centers.rows);
  yield* inBlocks(X.rows, columns, (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      const weight = weights[i]!;
      const label = labels[i]!;
      totals[label]! += weight;
      for (let to = label * columns, end = to + columns; to < end; to++, at++) {
        sums.data[to]! += data[at]! * weight;
      }
    }
  });
  if (totals.includes(0)) yield* relocateEmpty(samples, centers, labels, { sums, totals });
  return averages({ sums, totals });
}

/**
 * The sums over the totals. A cluster that is still empty takes what stands for the heaviest one: its mean, or, where
 * that one comes later, its sum, since scikit-learn averages one cluster after the other.
 */
function averages({ sums, totals }: ClusterSums): Matrix {
  const heaviest = totals.indexOf(totals.reduce((a, b) => Math.max(a, b)));
  return sums.map((value, j, k) => {
    if (totals[j]! > 0) return value * (1 / totals[j]!);
    return sums.get(heaviest, k) * (j < heaviest ? 1 : 1 / totals[heaviest]!);
  });
}
