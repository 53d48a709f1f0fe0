/** Lines of floats and doubles of each line; reference.ts says what is computed. */
import { high, join, low, total } from '../float-pairs.as';

const FLOAT: usize = 4;
const DOUBLE: usize = 8;
const QUAD: usize = 16; // bytes of four floats, one register

export function sumLines(x: usize, lines: i32, inner: i32, sums: usize): void {
  for (let line = 0; line < lines; line++, sums += DOUBLE) {
    const end = x + (<usize>inner) * FLOAT;
    let lows = f64x2.splat(0), highs = f64x2.splat(0);
    for (; x + QUAD <= end; x += QUAD) {
      const quad = v128.load(x);
      lows = f64x2.add(lows, low(quad));
      highs = f64x2.add(highs, high(quad));
    }
    const rest0: f64 = x < end ? load<f32>(x) : 0;
    const rest1: f64 = x + FLOAT < end ? load<f32>(x, FLOAT) : 0;
    const rest2: f64 = x + 2 * FLOAT < end ? load<f32>(x, 2 * FLOAT) : 0;
    store<f64>(sums, total(lows, highs, rest0, rest1, rest2));
    x = end;
  }
}

export function sumSquares(x: usize, lines: i32, inner: i32, means: usize, sums: usize): void {
  for (let line = 0; line < lines; line++, sums += DOUBLE, means += DOUBLE) {
    const end = x + (<usize>inner) * FLOAT;
    const mean = v128.load64_splat(means);
    let lows = f64x2.splat(0), highs = f64x2.splat(0);
    for (; x + QUAD <= end; x += QUAD) {
      const quad = v128.load(x);
      const a = f64x2.sub(low(quad), mean);
      const b = f64x2.sub(high(quad), mean);
      lows = f64x2.add(lows, f64x2.mul(a, a));
      highs = f64x2.add(highs, f64x2.mul(b, b));
    }
    const m = load<f64>(means);
    const d0: f64 = x < end ? <f64>load<f32>(x) - m : 0;
    const d1: f64 = x + FLOAT < end ? <f64>load<f32>(x, FLOAT) - m : 0;
    const d2: f64 = x + 2 * FLOAT < end ? <f64>load<f32>(x, 2 * FLOAT) - m : 0;
    store<f64>(sums, total(lows, highs, d0 * d0, d1 * d1, d2 * d2));
    x = end;
  }
}

export function sumGradients(
  grad: usize, x: usize, lines: i32, inner: i32, means: usize, plain: usize, products: usize,
): void {
  for (let line = 0; line < lines; line++, means += DOUBLE, plain += DOUBLE, products += DOUBLE) {
    const end = x + (<usize>inner) * FLOAT;
    const mean = v128.load64_splat(means);
    let lows = f64x2.splat(0), highs = f64x2.splat(0);
    let lowProducts = f64x2.splat(0), highProducts = f64x2.splat(0);
    for (; x + QUAD <= end; x += QUAD, grad += QUAD) {
      const quad = v128.load(x);
      const g = v128.load(grad);
      const lowG = low(g), highG = high(g);
      lows = f64x2.add(lows, lowG);
      highs = f64x2.add(highs, highG);
      lowProducts = f64x2.add(lowProducts, f64x2.mul(lowG, f64x2.sub(low(quad), mean)));
      highProducts = f64x2.add(highProducts, f64x2.mul(highG, f64x2.sub(high(quad), mean)));
    }
    const m = load<f64>(means);
    const g0: f64 = x < end ? load<f32>(grad) : 0, d0: f64 = x < end ? <f64>load<f32>(x) - m : 0;
    const has1 = x + FLOAT < end, has2 = x + 2 * FLOAT < end;
    const g1: f64 = has1 ? load<f32>(grad, FLOAT) : 0, d1: f64 = has1 ? <f64>load<f32>(x, FLOAT) - m : 0;
    const g2: f64 = has2 ? load<f32>(grad, 2 * FLOAT) : 0, d2: f64 = has2 ? <f64>load<f32>(x, 2 * FLOAT) - m : 0;
    store<f64>(plain, total(lows, highs, g0, g1, g2));
    store<f64>(products, total(lowProducts, highProducts, g0 * d0, g1 * d1, g2 * d2));
    grad += end - x;
    x = end;
  }
}

export function scaleLines(x: usize, lines: i32, inner: i32, scales: usize, shifts: usize, out: usize): void {
  for (let line = 0; line < lines; line++, scales += DOUBLE, shifts += DOUBLE) {
    const end = x + (<usize>inner) * FLOAT;
    const scale = v128.load64_splat(scales), shift = v128.load64_splat(shifts);
    for (; x + QUAD <= end; x += QUAD, out += QUAD) {
      const quad = v128.load(x);
      const a = f64x2.add(f64x2.mul(low(quad), scale), shift);
      v128.store(out, join(a, f64x2.add(f64x2.mul(high(quad), scale), shift)));
    }
    for (; x < end; x += FLOAT, out += FLOAT) {
      store<f32>(out, <f32>(<f64>load<f32>(x) * load<f64>(scales) + load<f64>(shifts)));
    }
  }
}

export function combineLines(
  grad: usize, x: usize, lines: i32, inner: i32, factors: usize, slopes: usize, shifts: usize, out: usize,
): void {
  for (let line = 0; line < lines; line++, factors += DOUBLE, slopes += DOUBLE, shifts += DOUBLE) {
    const end = x + (<usize>inner) * FLOAT;
    const factor = v128.load64_splat(factors), slope = v128.load64_splat(slopes), shift = v128.load64_splat(shifts);
    for (; x + QUAD <= end; x += QUAD, grad += QUAD, out += QUAD) {
      const quad = v128.load(x), g = v128.load(grad);
      const a = f64x2.sub(f64x2.sub(f64x2.mul(factor, low(g)), f64x2.mul(slope, low(quad))), shift);
      const b = f64x2.sub(f64x2.sub(f64x2.mul(factor, high(g)), f64x2.mul(slope, high(quad))), shift);
      v128.store(out, join(a, b));
    }
    for (; x < end; x += FLOAT, grad += FLOAT, out += FLOAT) {
      const a = load<f64>(factors) * <f64>load<f32>(grad) - load<f64>(slopes) * <f64>load<f32>(x);
      store<f32>(out, <f32>(a - load<f64>(shifts)));
    }
  }
}
