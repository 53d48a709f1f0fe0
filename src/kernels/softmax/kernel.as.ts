/** Softmax of rows in single precision, four values at a time; reference.ts says how. */
import { expOfNegative } from '../elementary-single.as';
import { high, join, low, total } from '../float-pairs.as';

const FLOAT: usize = 4;
const QUAD: usize = 16; // bytes of four floats, one register

/** Rows of `width` floats each, in place. */
export function softmaxRows(x: usize, rows: i32, width: i32): void {
  const lowest = f32x4.splat(-Infinity);
  const quadBytes = (<usize>(width & ~3)) * FLOAT;
  const rest = width & 3;
  for (let row = 0; row < rows; row++, x += (<usize>rest) * FLOAT) {
    const end = x + quadBytes;
    let tops = rest > 0 ? loadLanes(end, rest) : lowest;
    for (let at = x; at < end; at += QUAD) tops = f32x4.max(tops, v128.load(at));
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
    const last = rest > 0 ? expOfNegative(f32x4.sub(loadLanes(end, rest), top)) : f32x4.splat(0);
    sums = f32x4.add(sums, last);
    const total = (f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1)) +
      (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
    const share = f32x4.splat(1 / total);
    for (; x < end; x += QUAD) v128.store(x, f32x4.mul(v128.load(x), share));
    if (rest > 0) storeLanes(end, f32x4.mul(last, share), rest);
  }
}

/** One to three floats, and -Infinity in the lanes behind them. */
function loadLanes(at: usize, count: i32): v128 {
  let quad = f32x4.replace_lane(f32x4.splat(-Infinity), 0, load<f32>(at));
  if (count > 1) quad = f32x4.replace_lane(quad, 1, load<f32>(at, 4));
  if (count > 2) quad = f32x4.replace_lane(quad, 2, load<f32>(at, 8));
  return quad;
}

function storeLanes(at: usize, quad: v128, count: i32): void {
  store<f32>(at, f32x4.extract_lane(quad, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(quad, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(quad, 2), 8);
}

/** Gradients y (g - sum(g y)) of rows of `width` floats. */
export function softmaxRowsBack(grad: usize, y: usize, rows: i32, width: i32, back: usize): void {
  for (let row = 0; row < rows; row++) {
    const end = y + (<usize>width) * FLOAT;
    const sum = dot(grad, y, end);
    const sums = f64x2.splat(sum);
    for (; y + QUAD <= end; y += QUAD, grad += QUAD, back += QUAD) {
      const g = v128.load(grad), quad = v128.load(y);
      const a = f64x2.mul(low(quad), f64x2.sub(low(g), sums));
      v128.store(back, join(a, f64x2.mul(high(quad), f64x2.sub(high(g), sums))));
    }
    for (; y < end; y += FLOAT, grad += FLOAT, back += FLOAT) {
      store<f32>(back, <f32>(<f64>load<f32>(y) * (<f64>load<f32>(grad) - sum)));
    }
  }
}

function dot(x: usize, y: usize, end: usize): f64 {
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  for (; y + QUAD <= end; x += QUAD, y += QUAD) {
    const a = v128.load(x), b = v128.load(y);
    lows = f64x2.add(lows, f64x2.mul(low(a), low(b)));
    highs = f64x2.add(highs, f64x2.mul(high(a), high(b)));
  }
  const rest0: f64 = y < end ? product(x, y) : 0;
  const rest1: f64 = y + FLOAT < end ? product(x + FLOAT, y + FLOAT) : 0;
  const rest2: f64 = y + 2 * FLOAT < end ? product(x + 2 * FLOAT, y + 2 * FLOAT) : 0;
  return total(lows, highs, rest0, rest1, rest2);
}

function product(x: usize, y: usize): f64 {
  return <f64>load<f32>(x) * <f64>load<f32>(y);
}
