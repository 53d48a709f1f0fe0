/**
 * C = A B, or C += A B, in single precision: A is m x k, B is k x n, C is m x n. Element (i, j) of an operand stands
 * at `data[start + i * row + j * column]`; one of its strides is 1. C's rows are contiguous.
 */
export interface SingleProduct {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: SingleOperand;
  readonly b: SingleOperand;
  /** Must not overlap A or B. */
  readonly c: SingleOperand;
  /** Whether the product is added to what C holds; otherwise C is not read. */
  readonly isAdded: boolean;
}

export interface SingleOperand {
  readonly data: Float32Array;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** Steps k that are summed before the sum goes to C. */
export const DEPTH = 256;

/**
 * The product by its definition. Each element of C is a sum of block sums of {@link DEPTH} steps; within a block and
 * over blocks in order of k, each product and each sum rounded to single.
 */
export function multiplySingle({ m, n, k, a, b, c, isAdded }: SingleProduct): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const to = c.start + i * c.row + j;
      let total = isAdded ? c.data[to]! : 0;
      for (let first = 0; first < k; first += DEPTH) {
        const end = Math.min(k, first + DEPTH);
        let x = a.start + i * a.row + first * a.column;
        let y = b.start + j * b.column + first * b.row;
        let sum = 0;
        for (let step = first; step < end; step++, x += a.column, y += b.row) {
          sum = Math.fround(sum + Math.fround(a.data[x]! * b.data[y]!));
        }
        total = isAdded || first > 0 ? Math.fround(total + sum) : sum;
      }
      c.data[to] = total;
    }
  }
}
