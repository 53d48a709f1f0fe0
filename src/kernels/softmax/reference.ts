import { expOfNegative } from '../elementary-single.ts';

const { fround } = Math;

/**
 * exp(x - max) over its sum, row by row, in single precision. The sum is taken in four parts, of the values at places 0, 4, 8 ..., at 1, 5, 9
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

/**
 * Gradients y (g - sum(g y)) of rows, of y their softmax, computed in double precision; the sum in four parts as that of
 * {@link softmaxRows}.
 */
export function softmaxRowsBack(grad: Float32Array, y: Float32Array, width: number, back: Float32Array): void {
  for (let at = 0; at < y.length; at += width) {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < width; i++) sums[i % 4]! += grad[at + i]! * y[at + i]!;
    const sum = sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
    for (let i = at; i < at + width; i++) back[i] = y[i]! * (grad[i]! - sum);
  }
}
