import { multiplyPanels, packColumns, packRows } from './panels.as';

/** Bytes of a tile. */
const TILE: usize = 128;
/** As `first` of {@link multiplyPanels}: no tile lies left of the diagonal. */
const NO_DIAGONAL: i32 = -(1 << 30);
/** Steps that are summed before the sum goes to C, as product.ts says. */
const DEPTH: i32 = 256;
/** Columns of B and rows of A that are packed at a time by {@link multiplyWhole}: they stay in the second-level cache. */
const WIDTH: i32 = 256;
const HEIGHT: i32 = 64;

/**
 * C = A B, or C += A B, of operands that are not packed: `aRow` and `aStep`, `bStep` and `bColumn` are the bytes from one
 * to the next, one of each pair those of a T. `scratch` has room for a tile, and for what is packed at a time.
 */
export function multiplyWhole<T>(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  isAdded: bool,
  scratch: usize,
): void {
  const packedA = scratch + TILE;
  const packedB = packedA + (<usize>(HEIGHT * DEPTH)) * sizeof<T>();
  for (let s = 0; s < k; s += DEPTH) {
    const deep = min(DEPTH, k - s);
    for (let j = 0; j < n; j += WIDTH) {
      const wide = min(WIDTH, n - j);
      packColumns<T>(wide, deep, b + (<usize>s) * bStep + (<usize>j) * bColumn, bStep, bColumn, packedB);
      for (let i = 0; i < m; i += HEIGHT) {
        const high = min(HEIGHT, m - i);
        packRows<T>(high, deep, a + (<usize>i) * aRow + (<usize>s) * aStep, aRow, aStep, packedA);
        const to = c + (<usize>i) * cRow + (<usize>j) * sizeof<T>();
        multiplyPanels<T>(high, wide, deep, packedA, packedB, to, cRow, isAdded || s > 0, NO_DIAGONAL, scratch);
      }
    }
  }
}
