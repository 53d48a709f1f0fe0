import {
  multiplyPanels as multiply,
  multiplyRows as packAndMultiply,
  packColumns as packB,
  packRows as packA,
} from '../matmul/panels.as';

/** {@link packB} in single precision. */
export function packColumns(n: i32, k: i32, b: usize, step: usize, column: usize, packed: usize): void {
  packB<f32>(n, k, b, step, column, packed);
}

/** {@link packA} in single precision. */
export function packRows(m: i32, k: i32, a: usize, row: usize, step: usize, packed: usize): void {
  packA<f32>(m, k, a, row, step, packed);
}

/** {@link multiply} in single precision. */
export function multiplyPanels(
  m: i32,
  n: i32,
  k: i32,
  packedA: usize,
  packedB: usize,
  c: usize,
  cRow: usize,
  isAdded: bool,
  first: i32,
  tile: usize,
): void {
  multiply<f32>(m, n, k, packedA, packedB, c, cRow, isAdded, first, tile);
}

/** {@link packAndMultiply} in single precision. */
export function multiplyRows(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  row: usize,
  step: usize,
  packedB: usize,
  c: usize,
  cRow: usize,
  isAdded: bool,
  first: i32,
  scratch: usize,
): void {
  packAndMultiply<f32>(m, n, k, a, row, step, packedB, c, cRow, isAdded, first, scratch);
}

const FLOAT: usize = 4;
/** Steps that are summed before the sum goes to C, as product.ts says. */
const DEPTH: i32 = 256;
/** Columns of B and rows of A that are packed at a time: 256 kB, which stay in the second-level cache, and 64 kB. */
const WIDTH: i32 = 256;
const HEIGHT: i32 = 64;
/** Bytes of a tile, which stands at the start of the scratch. */
const TILE: usize = 128;
/** No tile lies left of the diagonal. */
const NO_DIAGONAL: i32 = -(1 << 30);

/**
 * C = A B, or C += A B, of operands that are not packed: `aRow` and `aStep`, `bStep` and `bColumn` are the bytes from one
 * to the next, one of each pair those of a float. `scratch` has room for a tile and what is packed at a time.
 */
export function multiplyWhole(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, isAdded: bool, scratch: usize,
): void {
  const packedA = scratch + TILE;
  const packedB = packedA + (<usize>(HEIGHT * DEPTH)) * FLOAT;
  for (let s = 0; s < k; s += DEPTH) {
    const deep = min(DEPTH, k - s);
    for (let j = 0; j < n; j += WIDTH) {
      const wide = min(WIDTH, n - j);
      packB<f32>(wide, deep, b + (<usize>s) * bStep + (<usize>j) * bColumn, bStep, bColumn, packedB);
      for (let i = 0; i < m; i += HEIGHT) {
        const high = min(HEIGHT, m - i);
        packA<f32>(high, deep, a + (<usize>i) * aRow + (<usize>s) * aStep, aRow, aStep, packedA);
        const to = c + (<usize>i) * cRow + (<usize>j) * FLOAT;
        multiply<f32>(high, wide, deep, packedA, packedB, to, cRow, isAdded || s > 0, NO_DIAGONAL, scratch);
      }
    }
  }
}
