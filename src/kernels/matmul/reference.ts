/**
 * A matrix as a product reads it: element (i, j) stands at `data[i * rowStride + j * columnStride]`, so that a
 * transpose is a swap of strides and nothing is copied.
 */
export interface Operand {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Rows `i .. iEnd - 1` of the result, and the part `k .. kEnd - 1` of the sums, both end-exclusive. */
export interface Range {
  readonly i: number;
  readonly iEnd: number;
  readonly k: number;
  readonly kEnd: number;
}

/** Adds a range of C = A B to row-major `out`, by the definition: each sum in order of k. */
export function addProduct(a: Operand, b: Operand, { i: from, iEnd, k: first, kEnd }: Range, out: Float64Array): void {
  for (let i = from; i < iEnd; i++) {
    const row = out.subarray(i * b.columns, (i + 1) * b.columns);
    for (let k = first; k < kEnd; k++) {
      const scale = a.data[i * a.rowStride + k * a.columnStride]!;
      for (let j = 0, at = k * b.rowStride; j < b.columns; j++, at += b.columnStride) row[j]! += scale * b.data[at]!;
    }
  }
}

/** Adds a range of X'X, on and right of the diagonal, to row-major `out`. */
export function addGram(X: Operand, { i: from, iEnd, k: first, kEnd }: Range, out: Float64Array): void {
  for (let i = from; i < iEnd; i++) {
    const row = out.subarray(i * X.columns, (i + 1) * X.columns);
    for (let k = first; k < kEnd; k++) {
      const start = k * X.rowStride;
      const scale = X.data[start + i * X.columnStride]!;
      for (let j = i, at = start + i * X.columnStride; j < X.columns; j++, at += X.columnStride) {
        row[j]! += scale * X.data[at]!;
      }
    }
  }
}
