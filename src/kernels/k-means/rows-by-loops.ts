import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { addRows, assignRows, type ClusterSums, nearerOf, withNorms } from './reference.ts';

/** The rows of a matrix, as the loops of k-means visit them. */
export interface KMeansRows {
  /** Writes the nearest center of each row to `labels`, the first of equally near ones. */
  assign(centers: Matrix, labels: Int32Array): Work<void>;
  /** Sums of the rows of each of so many clusters, in order of the rows. */
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

export function emptySums(clusters: number, columns: number): ClusterSums {
  return { sums: new Float64Array(clusters * columns), totals: new Float64Array(clusters) };
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
      yield* inBlocks(rows, columns, (from, to) => addRows(data, columns, weights, labels, sums, from, to));
      return sums;
    },
    *bestSeed(candidates, closest, weights) {
      let best: Seed | undefined;
      for (const row of candidates) {
        const after = new Float64Array(rows);
        let total = 0;
        yield* inBlocks(rows, columns, (from, to) => {
          total = nearerOf(data, columns, X.row(row), closest, weights, after, from, to, total);
        });
        if (best === undefined || total < best.total) best = { row, closest: after, total };
      }
      return best!;
    },
    close: () => {},
  };
}
