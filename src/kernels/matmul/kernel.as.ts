import { multiplyPanels as multiply, packColumns as packB, packRows as packA } from './panels.as';

/** {@link packB} in double precision. */
export function packColumns(n: i32, k: i32, b: usize, step: usize, column: usize, packed: usize): void {
  packB<f64>(n, k, b, step, column, packed);
}

/** {@link packA} in double precision. */
export function packRows(m: i32, k: i32, a: usize, row: usize, step: usize, packed: usize): void {
  packA<f64>(m, k, a, row, step, packed);
}

/** {@link multiply} in double precision. */
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
  multiply<f64>(m, n, k, packedA, packedB, c, cRow, isAdded, first, tile);
}
