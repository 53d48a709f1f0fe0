import type { Stream } from './stream.ts';

/**
 * One value of the Poisson distribution.
 *
 * Source: products of uniforms below a mean of 10 (D. E. Knuth, TAOCP 2, 3.4.1); W. Hörmann, "The transformed rejection
 * method for generating Poisson random variables", Insurance: Mathematics and Economics 12 (1993), from there on.
 */
export function drawPoisson(stream: Stream, mean: number): number {
  if (mean >= 10) return drawLargePoisson(stream, mean);
  if (mean === 0) return 0;
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = stream.random(); product > limit; product *= stream.random()) count++;
  return count;
}

function drawLargePoisson(stream: Stream, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = stream.random() - 0.5;
    const v = stream.random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const height = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b);
    if (height <= -mean + k * logMean - logFactorial(k)) return k;
  }
}

const STIRLING = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4,
  -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
];

/** log(k!) by Stirling's series from 7 on and by recurrence below (S. Zhang and J. Jin, 1996). */
function logFactorial(k: number): number {
  const x = k + 1;
  if (x === 1 || x === 2) return 0;
  let shifted = x < 7 ? x + Math.trunc(7 - x) : x;
  const inverse = (1 / shifted) * (1 / shifted);
  const series = STIRLING.reduceRight((sum, coefficient) => sum * inverse + coefficient);
  let result = series / shifted + 0.5 * 1.8378770664093453 + (shifted - 0.5) * Math.log(shifted) - shifted;
  for (; shifted > x; shifted--) result -= Math.log(shifted - 1);
  return result;
}
