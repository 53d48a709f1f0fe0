/** Numbers of 16 bits as single-precision ones, which hold them all exactly. */

/** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
export function fromHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, half => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (1 + fraction / 1024) * powerOfTwo(exponent - 15);
  });
}

/** bfloat16: the upper half of a single-precision number. */
export function fromBfloat(bits: Uint16Array): Float32Array {
  const words = Uint32Array.from(bits, half => half << 16);
  return new Float32Array(words.buffer);
}

/** 2^n for the exponents of normal halves, by exact products. */
function powerOfTwo(n: number): number {
  return n < 0 ? 1 / (1 << -n) : 1 << n;
}
