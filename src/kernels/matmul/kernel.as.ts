import { multiplyPanels as multiply, multiplyRows as packAndMultiply, packColumns as packB } from './panels.as';
import { multiplyWhole as multiplyAll } from './whole.as';

/** {@link packB} in double precision. */
export function packColumns(n: i32, k: i32, b: usize, step: usize, column: usize, packed: usize): void {
  packB<f64>(n, k, b, step, column, packed);
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

/** {@link packAndMultiply} in double precision. */
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
  packAndMultiply<f64>(m, n, k, a, row, step, packedB, c, cRow, isAdded, first, scratch);
}

/** {@link multiplyAll} in double precision. */
export function multiplyWhole(
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
  multiplyAll<f64>(m, n, k, a, aRow, aStep, b, bStep, bColumn, c, cRow, isAdded, scratch);
}
