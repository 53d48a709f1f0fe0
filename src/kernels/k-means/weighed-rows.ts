import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { inertiaByLoops } from './inertia-by-loops.ts';
import { addRows, addSums, type ClusterSums, emptySums, rowsPerSum } from './reference.ts';
import type { KMeansRows } from './rows-by-loops.ts';
import { weighedByKernel } from './weighed-by-kernel.ts';

/** Rows with their weights, as the iterations of k-means visit them. */
export interface WeighedRows {
  /** Sums of the rows of each of so many clusters, block by block of rows. */
  sum(labels: Int32Array, clusters: number): Work<ClusterSums>;
  /** Writes the nearest center of each row to `labels`, and sums the clusters that result, in one visit. */
  assignAndSum(centers: Matrix, labels: Int32Array): Work<ClusterSums>;
  /** Weighted sum of the squared distances of the rows from their centers, block by block of rows. */
  inertia(centers: Matrix, labels: Int32Array): Work<number>;
  close(): void;
}

/** Whoever asks for them closes them, before the rows. */
export function weighedRows(rows: KMeansRows, weights: Float64Array): WeighedRows {
  return rows.visits === undefined ? weighedByLoops(rows, weights) : weighedByKernel(rows.visits, weights);
}

function weighedByLoops({ X, assign }: KMeansRows, weights: Float64Array): WeighedRows {
  const { data, rows, columns } = X;
  const weighed: WeighedRows = {
    *sum(labels, clusters) {
      const sums = emptySums(clusters, columns);
      const height = rowsPerSum(rows, clusters);
      for (let first = 0; first < rows; first += height) {
        const block = emptySums(clusters, columns);
        yield* inBlocks(Math.min(height, rows - first), columns, (from, to) =>
          addRows(data, columns, weights, labels, block, first + from, first + to),
        );
        addSums(sums, block);
      }
      return sums;
    },
    *assignAndSum(centers, labels) {
      yield* assign(centers, labels);
      return yield* weighed.sum(labels, centers.rows);
    },
    inertia: (centers, labels) => inertiaByLoops(X, weights, centers, labels),
    close: () => {},
  };
  return weighed;
}
