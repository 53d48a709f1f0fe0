/** Normalisation of rows in double precision, four values at a time; reference.ts says what is computed. */
import { high, join, low, total } from '../float-pairs.as';

const FLOAT: usize = 4;
const DOUBLE: usize = 8;
const QUAD: usize = 16; // bytes of four floats or two doubles, one register

export function normaliseRows(
  x: usize, rows: i32, width: i32, weight: usize, bias: usize, eps: f64, means: usize, scales: usize, out: usize,
): void {
  for (let row = 0; row < rows; row++, means += DOUBLE, scales += DOUBLE) {
    const end = x + (<usize>width) * FLOAT;
    const m = sum(x, end) / <f64>width;
    const s = 1 / sqrt(squares(x, end, m) / <f64>width + eps);
    store<f64>(means, m);
    store<f64>(scales, s);
    const mean = f64x2.splat(m), scale = f64x2.splat(s);
    let w = weight, b = bias;
    for (; x + QUAD <= end; x += QUAD, out += QUAD, w += 2 * QUAD, b += 2 * QUAD) {
      const quad = v128.load(x);
      const y0 = f64x2.mul(f64x2.mul(f64x2.sub(low(quad), mean), scale), v128.load(w));
      const y1 = f64x2.mul(f64x2.mul(f64x2.sub(high(quad), mean), scale), v128.load(w, QUAD));
      v128.store(out, join(f64x2.add(y0, v128.load(b)), f64x2.add(y1, v128.load(b, QUAD))));
    }
    for (; x < end; x += FLOAT, out += FLOAT, w += DOUBLE, b += DOUBLE) {
      store<f32>(out, <f32>((<f64>load<f32>(x) - m) * s * load<f64>(w) + load<f64>(b)));
    }
  }
}

export function normaliseRowsBack(
  grad: usize, x: usize, rows: i32, width: i32, weight: usize, means: usize, scales: usize, back: usize,
  ofWeight: usize, ofBias: usize,
): void {
  for (let row = 0; row < rows; row++, means += DOUBLE, scales += DOUBLE) {
    const end = x + (<usize>width) * FLOAT;
    const m = load<f64>(means), s = load<f64>(scales);
    const mean = f64x2.splat(m), scale = f64x2.splat(s);
    const shift = sumWeighted(grad, x, end, weight, m, s, false) / <f64>width;
    const slope = sumWeighted(grad, x, end, weight, m, s, true) / <f64>width;
    const shifts = f64x2.splat(shift), slopes = f64x2.splat(slope);
    let w = weight, dw = ofWeight, db = ofBias;
    for (; x + QUAD <= end; x += QUAD, grad += QUAD, back += QUAD) {
      const quad = v128.load(x), g = v128.load(grad);
      const g0 = low(g), g1 = high(g);
      const y0 = f64x2.mul(f64x2.sub(low(quad), mean), scale);
      const y1 = f64x2.mul(f64x2.sub(high(quad), mean), scale);
      v128.store(db, f64x2.add(v128.load(db), g0));
      v128.store(db, f64x2.add(v128.load(db, QUAD), g1), QUAD);
      v128.store(dw, f64x2.add(v128.load(dw), f64x2.mul(g0, y0)));
      v128.store(dw, f64x2.add(v128.load(dw, QUAD), f64x2.mul(g1, y1)), QUAD);
      const b0 = f64x2.sub(f64x2.sub(f64x2.mul(g0, v128.load(w)), shifts), f64x2.mul(y0, slopes));
      const b1 = f64x2.sub(f64x2.sub(f64x2.mul(g1, v128.load(w, QUAD)), shifts), f64x2.mul(y1, slopes));
      v128.store(back, join(f64x2.mul(scale, b0), f64x2.mul(scale, b1)));
      w += 2 * QUAD; dw += 2 * QUAD; db += 2 * QUAD;
    }
    for (; x < end; x += FLOAT, grad += FLOAT, back += FLOAT) {
      const g = <f64>load<f32>(grad);
      const y = (<f64>load<f32>(x) - m) * s;
      store<f64>(db, load<f64>(db) + g);
      store<f64>(dw, load<f64>(dw) + g * y);
      store<f32>(back, <f32>(s * (g * load<f64>(w) - shift - y * slope)));
      w += DOUBLE; dw += DOUBLE; db += DOUBLE;
    }
  }
}

function sum(x: usize, end: usize): f64 {
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  for (; x + QUAD <= end; x += QUAD) {
    const quad = v128.load(x);
    lows = f64x2.add(lows, low(quad));
    highs = f64x2.add(highs, high(quad));
  }
  const rest0: f64 = x < end ? load<f32>(x) : 0;
  const rest1: f64 = x + FLOAT < end ? load<f32>(x, FLOAT) : 0;
  const rest2: f64 = x + 2 * FLOAT < end ? load<f32>(x, 2 * FLOAT) : 0;
  return total(lows, highs, rest0, rest1, rest2);
}

function squares(x: usize, end: usize, m: f64): f64 {
  const mean = f64x2.splat(m);
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  for (; x + QUAD <= end; x += QUAD) {
    const quad = v128.load(x);
    const a = f64x2.sub(low(quad), mean), b = f64x2.sub(high(quad), mean);
    lows = f64x2.add(lows, f64x2.mul(a, a));
    highs = f64x2.add(highs, f64x2.mul(b, b));
  }
  const d0: f64 = x < end ? <f64>load<f32>(x) - m : 0;
  const d1: f64 = x + FLOAT < end ? <f64>load<f32>(x, FLOAT) - m : 0;
  const d2: f64 = x + 2 * FLOAT < end ? <f64>load<f32>(x, 2 * FLOAT) - m : 0;
  return total(lows, highs, d0 * d0, d1 * d1, d2 * d2);
}

/** The sum of g w, or of g w y. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function sumWeighted(grad: usize, x: usize, end: usize, weight: usize, m: f64, s: f64, isTimesY: bool): f64 {
  const mean = f64x2.splat(m), scale = f64x2.splat(s);
  let lows = f64x2.splat(0), highs = f64x2.splat(0);
  for (; x + QUAD <= end; x += QUAD, grad += QUAD, weight += 2 * QUAD) {
    const g = v128.load(grad);
    let a = f64x2.mul(low(g), v128.load(weight)), b = f64x2.mul(high(g), v128.load(weight, QUAD));
    if (isTimesY) {
      const quad = v128.load(x);
      a = f64x2.mul(a, f64x2.mul(f64x2.sub(low(quad), mean), scale));
      b = f64x2.mul(b, f64x2.mul(f64x2.sub(high(quad), mean), scale));
    }
    lows = f64x2.add(lows, a);
    highs = f64x2.add(highs, b);
  }
  const rest0: f64 = x < end ? weighted(grad, x, weight, m, s, isTimesY) : 0;
  const has1 = x + FLOAT < end, has2 = x + 2 * FLOAT < end;
  const rest1: f64 = has1 ? weighted(grad + FLOAT, x + FLOAT, weight + DOUBLE, m, s, isTimesY) : 0;
  const rest2: f64 = has2 ? weighted(grad + 2 * FLOAT, x + 2 * FLOAT, weight + 2 * DOUBLE, m, s, isTimesY) : 0;
  return total(lows, highs, rest0, rest1, rest2);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function weighted(grad: usize, x: usize, weight: usize, m: f64, s: f64, isTimesY: bool): f64 {
  const g = <f64>load<f32>(grad) * load<f64>(weight);
  return isTimesY ? g * ((<f64>load<f32>(x) - m) * s) : g;
}
