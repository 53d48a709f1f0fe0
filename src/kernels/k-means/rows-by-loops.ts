import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import {
  addRows,
  addSums,
  assignRows,
  type ClusterSums,
  emptySums,
  nearerOf,
  rowsPerSum,
  withNorms,
} from './reference.ts';

/** The rows of a matrix, as the loops of k-means visit them. */
export interface KMeansRows {
  /** Writes the nearest center of each row to `labels`, the first of equally near ones. */
  assign(centers: Matrix, labels: Int32Array): Work<void>;
  /** Sums of the rows of each of so many clusters, block by block of rows. */
  sum(weights: Float64Array, labels: Int32Array, clusters: number): Work<ClusterSums>;
  /** Of some rows as further centers, the one that leaves the least weighted sum of distances; the first of equals. */
  bestSeed(candidates: readonly number[], closest: Float64Array, weights: Float64Array): Work<Seed>;
  close(): void;
}

/** A row as a further center. */
export interface Seed {
  readonly row: number;
  /** The squared distance of each row from its nearest center then. */
  readonly closest: Float64Array;
  /** The weighted sum of those distances. */
  readonly total: number;
}

export function rowsByLoops(X: Matrix): KMeansRows {
  const { data, rows, columns } = X;
  return {
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
    *bestSeed(candidates, closest, weights) {
      let best: Seed | undefined;
      for (const row of candidates) {
        const after = new Float64Array(rows);
        let total = 0;
        const height = rowsPerSum(rows, 1);
        for (let first = 0; first < rows; first += height) {
          let ofBlock = 0;
          yield* inBlocks(Math.min(height, rows - first), columns, (from, to) => {
            const end = first + to;
            ofBlock = nearerOf(data, columns, X.row(row), closest, weights, after, first + from, end, ofBlock);
          });
          total += ofBlock;
        }
        if (best === undefined || total < best.total) best = { row, closest: after, total };
      }
      return best!;
    },
    close: () => {},
  };
}
