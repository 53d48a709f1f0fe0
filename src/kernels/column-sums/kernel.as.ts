/** Sums of columns in double precision, four at a time. */
import { high, low } from '../float-pairs.as';

const FLOAT: usize = 4;
const DOUBLE: usize = 8;
const QUAD: usize = 16; // bytes of four floats or two doubles, one register

export function addColumns(x: usize, rows: i32, columns: i32, totals: usize): void {
  for (let row = 0; row < rows; row++) {
    const end = x + (<usize>columns) * FLOAT;
    let to = totals;
    for (; x + QUAD <= end; x += QUAD, to += 2 * QUAD) {
      const quad = v128.load(x);
      v128.store(to, f64x2.add(v128.load(to), low(quad)));
      v128.store(to, f64x2.add(v128.load(to, QUAD), high(quad)), QUAD);
    }
    for (; x < end; x += FLOAT, to += DOUBLE) store<f64>(to, load<f64>(to) + <f64>load<f32>(x));
  }
}
