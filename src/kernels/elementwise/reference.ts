/** Simple arithmetic, element by element, in single precision. The arrays have one length. */

/** max(x, 0), and NaN for NaN. */
export function rectify(x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! <= 0 ? 0 : x[i]!;
}

/** The gradient where y > 0, and 0 elsewhere. */
export function passPositive(y: Float32Array, grad: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = y[i]! > 0 ? grad[i]! : 0;
}

/** a + b. */
export function add(a: Float32Array, b: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
}

/** a b. */
export function multiply(a: Float32Array, b: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
}

/** factor x, the factor rounded to single precision. */
export function scale(x: Float32Array, factor: number, out: Float32Array): void {
  const rounded = Math.fround(factor);
  for (let i = 0; i < out.length; i++) out[i] = x[i]! * rounded;
}
