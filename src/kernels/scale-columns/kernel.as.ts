/**
 * Maps each value by its column alone: (x - shift) / scale, or x * scale + shift, cut to bounds. `block` holds `rows`
 * rows of `width` doubles, an even number, and is written over; `NaN` stays. Gives 1 where a result is infinite, else 0.
 */
export function subtractAndDivide(
  block: usize,
  rows: i32,
  width: i32,
  shift: usize,
  scale: usize,
  low: f64,
  high: f64,
): i32 {
  const rowBytes = (<usize>width) << 3;
  const lows = f64x2.splat(low);
  const highs = f64x2.splat(high);
  let infinite = i64x2.splat(0);
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const moved = f64x2.sub(v128.load(block + at), v128.load(shift + at));
      const result = cut(f64x2.div(moved, v128.load(scale + at)), lows, highs);
      infinite = v128.or(infinite, isInfinite(result));
      v128.store(block + at, result);
    }
    block += rowBytes;
  }
  return v128.any_true(infinite) ? 1 : 0;
}

export function multiplyAndAdd(
  block: usize,
  rows: i32,
  width: i32,
  shift: usize,
  scale: usize,
  low: f64,
  high: f64,
): i32 {
  const rowBytes = (<usize>width) << 3;
  const lows = f64x2.splat(low);
  const highs = f64x2.splat(high);
  let infinite = i64x2.splat(0);
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const scaled = f64x2.mul(v128.load(block + at), v128.load(scale + at));
      const result = cut(f64x2.add(scaled, v128.load(shift + at)), lows, highs);
      infinite = v128.or(infinite, isInfinite(result));
      v128.store(block + at, result);
    }
    block += rowBytes;
  }
  return v128.any_true(infinite) ? 1 : 0;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function cut(x: v128, lows: v128, highs: v128): v128 {
  // The order of arguments lets NaN through.
  return f64x2.pmin(f64x2.pmax(x, lows), highs);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function isInfinite(x: v128): v128 {
  return f64x2.eq(f64x2.abs(x), f64x2.splat(Infinity));
}
