/** Doubles or floats: all operands of one product are of the same kind. */
export type Floats = Float64Array | Float32Array;

/**
 * C = A B, or C += A B: A is m x k, B is k x n, C is m x n.
 */
export interface Product<T extends Floats = Floats> {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** One of its strides is 1. */
  readonly a: Operand<T>;
  /** One of its strides is 1. */
  readonly b: Operand<T>;
  /** Its rows are contiguous, and overlap neither A nor B. */
  readonly c: Operand<T>;
  /** Whether the product is added to what C holds; otherwise C is not read. */
  readonly isAdded: boolean;
  /** Whether A = B', so that what lies left of C's diagonal need not be computed, and holds anything afterwards. */
  readonly isSymmetric: boolean;
}

/** A matrix whose element (i, j) stands at `data[start + i * row + j * column]`: a transpose copies nothing. */
export interface Operand<T extends Floats = Floats> {
  readonly data: T;
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/**
 * Steps k that are summed before the sum goes to C. Each element of C is a sum of such block sums, and this order is
 * the same in all versions; a panel of 256 steps (8 kB) stays in the first-level cache.
 */
export const DEPTH = 256;

/** The part of a product that gives the rows `from .. to - 1` of C. */
export function rowsOf<T extends Floats>(product: Product<T>, from: number, to: number): Product<T> {
  return { ...product, m: to - from, a: shifted(product.a, from, 0), c: shifted(product.c, from, 0) };
}

/** The part that gives the columns `from .. to - 1` of C. */
export function columnsOf<T extends Floats>(product: Product<T>, from: number, to: number): Product<T> {
  return { ...product, n: to - from, b: shifted(product.b, 0, from), c: shifted(product.c, 0, from) };
}

/** The part that the steps `from .. to - 1` add; `from` is a multiple of {@link DEPTH}, or sums would change. */
export function stepsOf<T extends Floats>(product: Product<T>, from: number, to: number): Product<T> {
  const { a, b, isAdded } = product;
  return { ...product, k: to - from, a: shifted(a, 0, from), b: shifted(b, from, 0), isAdded: isAdded || from > 0 };
}

function shifted<T extends Floats>(operand: Operand<T>, rows: number, columns: number): Operand<T> {
  return { ...operand, start: operand.start + rows * operand.row + columns * operand.column };
}
