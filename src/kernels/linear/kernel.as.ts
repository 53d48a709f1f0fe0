/** What a linear map does beside its products: the bias before them, and the bias's gradient. */
import { addColumns as addRows } from '../column-sums/kernel.as';

export { passPositive, rectify } from '../elementwise/kernel.as';

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Writes a row of `columns` floats so many times. */
export function repeatRow(row: usize, columns: i32, rows: i32, out: usize): void {
  const end = row + (<usize>columns) * FLOAT;
  for (let i = 0; i < rows; i++) {
    let at = row;
    for (; at + QUAD <= end; at += QUAD, out += QUAD) v128.store(out, v128.load(at));
    for (; at < end; at += FLOAT, out += FLOAT) store<f32>(out, load<f32>(at));
  }
}

/** {@link addRows}. */
export function addColumns(x: usize, rows: i32, columns: i32, totals: usize): void {
  addRows(x, rows, columns, totals);
}
