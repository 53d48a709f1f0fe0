/** Four floats as two pairs of doubles. */

// @ts-ignore: a decorator of AssemblyScript
@inline
export function low(quad: v128): v128 {
  return f64x2.promote_low_f32x4(quad);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
export function high(quad: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(quad, quad, 2, 3, 2, 3));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
export function join(lows: v128, highs: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(lows), f32x4.demote_f64x2_zero(highs), 0, 1, 4, 5);
}

/** (0 + 1) + (2 + 3) of four parts, after up to three values that are left have been added to the first of them. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function total(lows: v128, highs: v128, rest0: f64, rest1: f64, rest2: f64): f64 {
  return ((f64x2.extract_lane(lows, 0) + rest0) + (f64x2.extract_lane(lows, 1) + rest1)) +
    ((f64x2.extract_lane(highs, 0) + rest2) + f64x2.extract_lane(highs, 1));
}
