import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { addRows, addSums, assignRows, type ClusterSums, emptySums, rowsPerSum, withNorms } from './reference.ts';
import type { KernelVisits } from './rows-by-kernel.ts';

/** The rows of a matrix, as the loops of k-means visit them. */
export interface KMeansRows {
  readonly X: Matrix;
  /** What the kernel's visits have in common; undefined where plain loops make them. */
  readonly visits: KernelVisits | undefined;
  /** Writes the nearest center of each row to `labels`, the first of equally near ones. */
  assign(centers: Matrix, labels: Int32Array): Work<void>;
  /** Sums of the rows of each of so many clusters, block by block of rows. */
  sum(weights: Float64Array, labels: Int32Array, clusters: number): Work<ClusterSums>;
  close(): void;
}

export function rowsByLoops(X: Matrix): KMeansRows {
  const { data, rows, columns } = X;
  return {
    X,
    visits: undefined,
    *assign(centers, labels) {
      const known = withNorms(centers.data, columns);
      yield* inBlocks(rows, columns * centers.rows, (from, to) => assignRows(data, known, labels, from, to));
    },
    *sum(weights, labels, clusters) {
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
    close: () => {},
  };
}
