/** Softmax of rows in single precision, four values at a time; reference.ts says how. */
import { expOfNegative } from '../elementary-single.as';

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Rows of `quads` times four floats each, in place; of the last four, those behind `width` must hold -Infinity. */
export function softmaxRows(x: usize, rows: i32, quads: i32): void {
  const rowBytes = (<usize>quads) * QUAD;
  for (let row = 0; row < rows; row++, x += rowBytes) {
    const end = x + rowBytes;
    let tops = v128.load(x);
    for (let at = x + QUAD; at < end; at += QUAD) tops = f32x4.max(tops, v128.load(at));
    const top = f32x4.splat(max(
      max(f32x4.extract_lane(tops, 0), f32x4.extract_lane(tops, 1)),
      max(f32x4.extract_lane(tops, 2), f32x4.extract_lane(tops, 3)),
    ));
    let sums = f32x4.splat(0);
    for (let at = x; at < end; at += QUAD) {
      const value = expOfNegative(f32x4.sub(v128.load(at), top));
      v128.store(at, value);
      sums = f32x4.add(sums, value);
    }
    const total = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    const share = f32x4.splat(1 / total);
    for (let at = x; at < end; at += QUAD) v128.store(at, f32x4.mul(v128.load(at), share));
  }
}
