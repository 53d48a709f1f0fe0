/**
 * exp and log of two doubles at a time, operation for operation as in elementary.ts. `constants` is the address of its
 * list of constants: to load one takes a single instruction, where a literal takes several.
 */

const EXP_TERMS: usize = 40; // bytes before the coefficients of exp
const LOG_TERMS: usize = 136;

/** Four numbers x <= 0 at an address become e^x: two registers at a time share the loads of the constants. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function exponentiateTwo(at: usize, constants: usize): void {
  const xA = v128.load(at), xB = v128.load(at, 16);
  const least = v128.load64_splat(constants);
  const clampedA = f64x2.pmax(xA, least), clampedB = f64x2.pmax(xB, least);
  const toWhole = v128.load64_splat(constants, 8), log2E = v128.load64_splat(constants, 16);
  // k stands in the lowest bits of these sums.
  const shiftedA = f64x2.add(f64x2.mul(clampedA, log2E), toWhole);
  const shiftedB = f64x2.add(f64x2.mul(clampedB, log2E), toWhole);
  const kA = f64x2.sub(shiftedA, toWhole), kB = f64x2.sub(shiftedB, toWhole);
  const high = v128.load64_splat(constants, 24), low = v128.load64_splat(constants, 32);
  const a = f64x2.sub(f64x2.sub(clampedA, f64x2.mul(kA, high)), f64x2.mul(kA, low));
  const b = f64x2.sub(f64x2.sub(clampedB, f64x2.mul(kB, high)), f64x2.mul(kB, low));
  const a2 = f64x2.mul(a, a), b2 = f64x2.mul(b, b);
  const a4 = f64x2.mul(a2, a2), b4 = f64x2.mul(b2, b2);
  const terms = constants + EXP_TERMS;
  let c = v128.load64_splat(terms), d = v128.load64_splat(terms, 8);
  let pA = f64x2.add(c, f64x2.mul(d, a)), pB = f64x2.add(c, f64x2.mul(d, b));
  c = v128.load64_splat(terms, 16);
  d = v128.load64_splat(terms, 24);
  pA = f64x2.add(pA, f64x2.mul(f64x2.add(c, f64x2.mul(d, a)), a2));
  pB = f64x2.add(pB, f64x2.mul(f64x2.add(c, f64x2.mul(d, b)), b2));
  c = v128.load64_splat(terms, 32);
  d = v128.load64_splat(terms, 40);
  let qA = f64x2.add(c, f64x2.mul(d, a)), qB = f64x2.add(c, f64x2.mul(d, b));
  c = v128.load64_splat(terms, 48);
  d = v128.load64_splat(terms, 56);
  qA = f64x2.add(qA, f64x2.mul(f64x2.add(c, f64x2.mul(d, a)), a2));
  qB = f64x2.add(qB, f64x2.mul(f64x2.add(c, f64x2.mul(d, b)), b2));
  pA = f64x2.add(pA, f64x2.mul(qA, a4));
  pB = f64x2.add(pB, f64x2.mul(qB, b4));
  c = v128.load64_splat(terms, 64);
  d = v128.load64_splat(terms, 72);
  qA = f64x2.add(c, f64x2.mul(d, a));
  qB = f64x2.add(c, f64x2.mul(d, b));
  c = v128.load64_splat(terms, 80);
  d = v128.load64_splat(terms, 88);
  qA = f64x2.add(qA, f64x2.mul(f64x2.add(c, f64x2.mul(d, a)), a2));
  qB = f64x2.add(qB, f64x2.mul(f64x2.add(c, f64x2.mul(d, b)), b2));
  pA = f64x2.add(pA, f64x2.mul(qA, f64x2.mul(a4, a4)));
  pB = f64x2.add(pB, f64x2.mul(qB, f64x2.mul(b4, b4)));
  const one = v128.load64_splat(constants, 240);
  const powerA = f64x2.add(f64x2.add(f64x2.mul(pA, a2), a), one);
  const powerB = f64x2.add(f64x2.add(f64x2.mul(pB, b2), b), one);
  // Adding k to the bits of the exponent multiplies by 2^k.
  v128.store(at, v128.andnot(i64x2.add(powerA, i64x2.shl(shiftedA, 52)), f64x2.lt(xA, least)));
  v128.store(at, v128.andnot(i64x2.add(powerB, i64x2.shl(shiftedB, 52)), f64x2.lt(xB, least)), 16);
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
