/**
 * Softmax of rows in single precision. The exponential is that of the Cephes library (S. L. Moshier, 1992): x = n log 2 +
 * r with |r| <= log(2) / 2, a polynomial for exp(r), and n added to the exponent; its relative error is below 2e-7.
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

/** exp(x) for x <= 0. */
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

/**
 * exp(x - max) over its sum, row by row. The sum is taken in four parts, of the values at places 0, 4, 8 ..., at 1, 5, 9
 * ..., and so on, which are then added as (0 + 1) + (2 + 3).
 */
export function softmaxRows(x: Float32Array, width: number, out: Float32Array): void {
  for (let at = 0; at < x.length; at += width) {
    let top = -Infinity;
    for (let i = at; i < at + width; i++) top = Math.max(top, x[i]!);
    const sums = new Float32Array(4);
    for (let i = 0; i < width; i++) {
      const value = expOfNegative(fround(x[at + i]! - top));
      out[at + i] = value;
      sums[i % 4]! += value;
    }
    const share = fround(1 / fround(fround(sums[0]! + sums[1]!) + fround(sums[2]! + sums[3]!)));
    for (let i = at; i < at + width; i++) out[i]! *= share;
  }
}
