/** Scaling of columns, computed in double precision as reference.ts does. */
import { high, join, low } from '../float-pairs.as';

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Rows of `width` floats, `row` bytes apart, times a factor, to rows `outRow` bytes apart. */
export function scaleRows(x: usize, row: usize, rows: i32, width: i32, factor: f64, out: usize, outRow: usize): void {
  const factors = f64x2.splat(factor);
  const quadBytes = (<usize>(width & ~3)) * FLOAT;
  const bytes = (<usize>width) * FLOAT;
  for (let i = 0; i < rows; i++, x += row, out += outRow) {
    let at: usize = 0;
    for (; at < quadBytes; at += QUAD) {
      const quad = v128.load(x + at);
      v128.store(out + at, join(f64x2.mul(low(quad), factors), f64x2.mul(high(quad), factors)));
    }
    for (; at < bytes; at += FLOAT) store<f32>(out + at, <f32>(<f64>load<f32>(x + at) * factor));
  }
}
