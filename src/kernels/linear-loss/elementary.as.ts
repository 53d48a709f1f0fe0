/**
 * exp and log of two doubles at a time, operation for operation as in elementary.ts. `constants` is the address of its
 * list of constants: to load one takes a single instruction, where a literal takes several.
 */

const EXP_TERMS: usize = 40; // bytes before the coefficients of exp
const LOG_TERMS: usize = 136;

/** e^x for x <= 0. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function expOfNegative(x: v128, constants: usize): v128 {
  const least = v128.load64_splat(constants);
  const toWhole = v128.load64_splat(constants, 8);
  const clamped = f64x2.pmax(x, least);
  // k stands in the lowest bits of this sum.
  const shifted = f64x2.add(f64x2.mul(clamped, v128.load64_splat(constants, 16)), toWhole);
  const k = f64x2.sub(shifted, toWhole);
  const high = f64x2.sub(clamped, f64x2.mul(k, v128.load64_splat(constants, 24)));
  const r = f64x2.sub(high, f64x2.mul(k, v128.load64_splat(constants, 32)));
  const r2 = f64x2.mul(r, r);
  const last = pair(constants + EXP_TERMS, 80, r);
  const tail = f64x2.mul(polynomial(constants + EXP_TERMS, r, r2, last), r2);
  const power = f64x2.add(f64x2.add(tail, r), v128.load64_splat(constants, 240));
  // Adding k to the bits of the exponent multiplies by 2^k.
  const scaled = i64x2.add(power, i64x2.shl(shifted, 52));
  return v128.andnot(scaled, f64x2.lt(x, least));
}

/** log(1 + t) for 0 <= t <= 1. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function logOnePlus(t: v128, constants: usize): v128 {
  const half = v128.load64_splat(constants, 40);
  const isLarge = f64x2.gt(t, v128.load64_splat(constants, 224));
  const f = v128.bitselect(f64x2.sub(f64x2.mul(t, half), half), t, isLarge);
  return f64x2.add(logNearOne(f, constants), v128.and(v128.load64_splat(constants, 232), isLarge));
}

/** log(y) for finite y >= 1. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function logFromOne(y: v128, constants: usize): v128 {
  // How often y can be halved before it is below sqrt(2), from the bits of its exponent.
  const k = i64x2.shr_u(i64x2.sub(y, i64x2.splat(0x3fe6a09e667f3bcd)), 52);
  const rest = i64x2.sub(y, i64x2.shl(k, 52));
  // Bits of 2^52 + k; y - y is NaN where y is, and 0 elsewhere.
  const whole = f64x2.sub(v128.or(k, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496));
  const f = f64x2.add(f64x2.sub(rest, v128.load64_splat(constants, 240)), f64x2.sub(y, y));
  return f64x2.add(logNearOne(f, constants), f64x2.mul(whole, v128.load64_splat(constants, 232)));
}

/** log(1 + f) for |f| <= sqrt(2) - 1. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function logNearOne(f: v128, constants: usize): v128 {
  const s = f64x2.div(f, f64x2.add(f, v128.load64_splat(constants, 248)));
  const z = f64x2.mul(s, s);
  const last = v128.load64_splat(constants + LOG_TERMS, 80);
  const sum = polynomial(constants + LOG_TERMS, z, f64x2.mul(z, z), last);
  return f64x2.sub(f, f64x2.mul(s, f64x2.sub(f, f64x2.mul(sum, z))));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function polynomial(c: usize, x: v128, x2: v128, last: v128): v128 {
  const x4 = f64x2.mul(x2, x2);
  const low = f64x2.add(pair(c, 0, x), f64x2.mul(pair(c, 16, x), x2));
  const middle = f64x2.add(pair(c, 32, x), f64x2.mul(pair(c, 48, x), x2));
  const high = f64x2.add(pair(c, 64, x), f64x2.mul(last, x2));
  return f64x2.add(f64x2.add(low, f64x2.mul(middle, x4)), f64x2.mul(high, f64x2.mul(x4, x4)));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function pair(c: usize, at: usize, x: v128): v128 {
  return f64x2.add(v128.load64_splat(c + at), f64x2.mul(v128.load64_splat(c + at, 8), x));
}
