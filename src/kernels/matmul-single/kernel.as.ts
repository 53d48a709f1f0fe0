import {
  multiplyPanels as multiply,
  multiplyRows as packAndMultiply,
  packColumns as packB,
  packRows as packA,
} from '../matmul/panels.as';
import { multiplyWhole as multiplyAll } from '../matmul/whole.as';
import { multiplyRow } from './row.as';

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

/** So few rows are multiplied by columns of B as they lie; two are faster packed. */
const FEW: i32 = 1;

/** {@link multiplyAll} in single precision. */
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
  if (m > FEW || bStep !== sizeof<f32>()) {
    multiplyAll<f32>(m, n, k, a, aRow, aStep, b, bStep, bColumn, c, cRow, isAdded, scratch);
    return;
  }
  for (let i = 0; i < m; i++, a += aRow, c += cRow) multiplyRow(n, k, a, aStep, b, bColumn, c, isAdded);
}
