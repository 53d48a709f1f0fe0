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
import type { Seed, Seeds } from './seeds.ts';

/** The rows of a matrix, as the loops of k-means visit them. */
export interface KMeansRows {
  /** Writes the nearest center of each row to `labels`, the first of equally near ones. */
  assign(centers: Matrix, labels: Int32Array): Work<void>;
  /** Sums of the rows of each of so many clusters, block by block of rows. */
  sum(weights: Float64Array, labels: Int32Array, clusters: number): Work<ClusterSums>;
  /** For drawing first centers among the rows. */
  seeds(weights: Float64Array): Seeds;
  close(): void;
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
    seeds: weights => seedsByLoops(X, weights),
    close: () => {},
  };
}

function seedsByLoops(X: Matrix, weights: Float64Array): Seeds {
  const { data, rows, columns } = X;
  const closest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  return {
    closest,
    *take(candidates) {
      let best: (Seed & { readonly after: Float64Array }) | undefined;
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
        if (best === undefined || total < best.total) best = { row, after, total };
      }
      closest.set(best!.after);
      return { row: best!.row, total: best!.total };
    },
    close: () => {},
  };
}
