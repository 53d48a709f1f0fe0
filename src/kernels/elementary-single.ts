/**
 * Functions in single precision, each operation rounded to it, after the Cephes library (S. L. Moshier, 1992). Relative
 * errors are below 3e-7.
 */

const { fround } = Math;

const LOG2_E = fround(Math.LOG2E);
/** log 2 in two parts, so that n times the first is exact. */
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-2.1219444e-4);
/** Below this, exp(x) is no normal number: 0 is taken. */
export const LOWEST = fround(-87.3);
const COEFFICIENTS = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
].map(fround);

/** exp(x) for x <= 0: x = n log 2 + r with |r| <= log(2) / 2, a polynomial for exp(r), and n added to the exponent. */
export function expOfNegative(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < LOWEST) return 0;
  const n = nearest(fround(x * LOG2_E));
  const r = fround(fround(x - fround(n * LN2_HIGH)) - fround(n * LN2_LOW));
  let p = COEFFICIENTS[0]!;
  for (let i = 1; i < COEFFICIENTS.length; i++) p = fround(fround(p * r) + COEFFICIENTS[i]!);
  const y = fround(fround(fround(p * fround(r * r)) + r) + 1);
  return fround(y * 2 ** n);
}

/** The nearest whole number, of two equally near ones the even one. */
function nearest(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

/** 1 / (1 + exp(-x)). */
export function logistic(x: number): number {
  const e = expOfNegative(-Math.abs(x));
  return fround((x < 0 ? e : 1) / fround(1 + e));
}

/** Coefficients of (tanh(x) / x - 1) / x^2 in x^2, highest first. */
const TANH = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1].map(fround);
/** From here on tanh is the ratio of exponentials, which cancel for smaller x. */
const TANH_FAR = 0.625;

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < TANH_FAR) {
    const z = fround(x * x);
    const p = TANH.slice(1).reduce((value, coefficient) => fround(fround(value * z) + coefficient), TANH[0]!);
    return fround(fround(fround(p * z) * x) + x);
  }
  const e = expOfNegative(-2 * size);
  const far = fround(fround(1 - e) / fround(1 + e));
  return x < 0 ? -far : far;
}
