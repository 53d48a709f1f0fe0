/** Operations on dense vectors that the solvers share, beside those of linalg. */
import { addScaledInto } from '../linalg/index.ts';

export function maxAbs(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!));
  return largest;
}

export function sumAbs(a: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]!);
  return sum;
}

/** a + factor * b, as a new vector. */
export function plusScaled(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  const sum = a.slice();
  addScaledInto(factor, b, sum);
  return sum;
}
