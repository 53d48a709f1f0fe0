/**
 * exp and log in plain arithmetic: the definition that the fast version follows operation for operation, so that
 * losses are the same to the bit with and without WebAssembly. A test holds both against `Math`, within two units in the
 * last place.
 *
 * Source: W. J. Cody and W. Waite, "Software Manual for the Elementary Functions", 1980, for the reductions.
 */

/** e^x is 0 below this: what is lost is less than 1e-307. */
const LEAST = -708;
/** Adding and subtracting 1.5 * 2^52 rounds to a whole number, halves to even. */
const TO_WHOLE = 6755399441055744;
const LOG2_E = 1.4426950408889634;
/** ln 2 in two parts, the first with so many zeros at its end that whole multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1 / n! from n = 2 on: what follows adds less than 5e-18. */
const EXP_TERMS = [2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800].map(n => 1 / n);
/** log((1 + s) / (1 - s)) = 2 s + 2 s^3 / 3 + 2 s^5 / 5 + ...: from s^3 on. */
const LOG_TERMS = [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].map(n => 2 / n);
const SQRT2_LESS_1 = Math.SQRT2 - 1;
/** 2^-k at position k. */
const HALVINGS = new Float64Array(1023);
for (let k = 0, value = 1; k < HALVINGS.length; k++, value /= 2) HALVINGS[k] = value;

/** What the fast version loads, in the order of its addresses. */
export const CONSTANTS = Float64Array.of(
  ...[LEAST, TO_WHOLE, LOG2_E, LN2_HIGH, LN2_LOW, ...EXP_TERMS],
  ...[...LOG_TERMS, SQRT2_LESS_1, Math.LN2, 1, 2],
);

/** e^x for x <= 0: 2^k e^r with |r| <= ln(2) / 2, and the series of e^r. */
export function expOfNegative(x: number): number {
  const clamped = x < LEAST ? LEAST : x;
  const k = clamped * LOG2_E + TO_WHOLE - TO_WHOLE;
  const r = clamped - k * LN2_HIGH - k * LN2_LOW;
  const power = polynomial(EXP_TERMS, r) * (r * r) + r + 1;
  return x < LEAST ? 0 : power * (HALVINGS[-k] ?? NaN);
}

/** log(1 + t) for 0 <= t <= 1. */
export function logOnePlus(t: number): number {
  return t > SQRT2_LESS_1 ? logNearOne(t * 0.5 - 0.5) + Math.LN2 : logNearOne(t);
}

/** log(y) for finite y >= 1. */
export function logFromOne(y: number): number {
  let k = 0;
  let rest = y;
  for (; rest >= Math.SQRT2; rest *= 0.5) k++;
  return logNearOne(rest - 1) + k * Math.LN2;
}

/** log(1 + f) for |f| <= sqrt(2) - 1, as f - s (f - s^2 (2 / 3 + ...)) with s = f / (2 + f). */
function logNearOne(f: number): number {
  const s = f / (f + 2);
  const z = s * s;
  return f - s * (f - polynomial(LOG_TERMS, z) * z);
}

/** c_0 + c_1 x + ... of twelve coefficients, or of eleven, in pairs of pairs: short chains let a processor overlap them. */
function polynomial(c: readonly number[], x: number): number {
  const x2 = x * x;
  const x4 = x2 * x2;
  const low = c[0]! + c[1]! * x + (c[2]! + c[3]! * x) * x2;
  const middle = c[4]! + c[5]! * x + (c[6]! + c[7]! * x) * x2;
  const high = c[8]! + c[9]! * x + (c[10]! + (c[11] ?? 0) * x) * x2;
  return low + middle * x4 + high * (x4 * x4);
}
