import type { Matrix } from './matrix.ts';

/**
 * What tells a sparse matrix from others, apart from {@link CsrMatrix} itself, whose methods a page without sparse
 * samples then goes without.
 */
export abstract class SparseMatrix {
  abstract readonly data: Float64Array;
  abstract readonly indices: Int32Array;
  abstract readonly indptr: Int32Array;
  abstract readonly rows: number;
  abstract readonly columns: number;

  abstract toDense(): Matrix;
}
