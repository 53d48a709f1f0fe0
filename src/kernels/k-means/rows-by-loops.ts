import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { assignRows, withNorms } from './reference.ts';
import type { KernelVisits } from './rows-by-kernel.ts';

/** The rows of a matrix, as the loops of k-means visit them. */
export interface KMeansRows {
  readonly X: Matrix;
  /** What the kernel's visits have in common; undefined where plain loops make them. */
  readonly visits: KernelVisits | undefined;
  /** Writes the nearest center of each row to `labels`, the first of equally near ones. */
  assign(centers: Matrix, labels: Int32Array): Work<void>;
  /** Copies of some rows. */
  take(rows: ArrayLike<number>): Matrix;
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
    take: which => X.takeRows(which),
    close: () => {},
  };
}
