/** Numbers of 16 bits as single-precision ones, which hold them all exactly, and back to the nearest (ties to even). */

/** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
export function fromHalf(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  const words = wordsOf(values);
  for (let i = 0; i < words.length; i++) {
    const sign = (bits[i]! & 0x8000) << 16;
    const size = (bits[i]! & 0x7fff) << 13;
    if (size >= HALF_INFINITY_BITS) words[i] = sign | (size + 2 * REBIAS);
    else if (size >= HALF_NORMAL_BITS) words[i] = sign | (size + REBIAS);
    else values[i] = (sign === 0 ? 1 : -1) * (size >> 13) * 2 ** -24;
  }
  return values;
}

/** bfloat16: the upper half of a single-precision number. */
export function fromBfloat(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < words.length; i++) words[i] = bits[i]! << 16;
  return new Float32Array(words.buffer);
}

/** To binary16; what is above its range (65504) becomes infinite. */
export function toHalf(values: Float32Array): Uint16Array {
  const words = wordsOf(values);
  const half = new Uint16Array(words.length);
  const [sum, sumBits] = scratch();
  for (let i = 0; i < half.length; i++) {
    const sign = (words[i]! >>> 16) & 0x8000;
    const size = words[i]! & 0x7fffffff;
    if (size > INFINITY_BITS) half[i] = sign | 0x7e00;
    else if (size >= OVERFLOW_BITS) half[i] = sign | 0x7c00;
    else if (size >= NORMAL_BITS) half[i] = sign | ((roundOff(size, 13) - REBIAS) >>> 13);
    else {
      // The last place of numbers from 0.5 on is that of the smallest halves, so the sum is rounded where it should be.
      sum[0] = Math.abs(values[i]!) + 0.5;
      half[i] = sign | (sumBits[0]! - 0x3f000000);
    }
  }
  return half;
}

/** To bfloat16: the range stays, of the 24 bits of precision 8. */
export function toBfloat(values: Float32Array): Uint16Array {
  const words = wordsOf(values);
  const half = new Uint16Array(words.length);
  for (let i = 0; i < half.length; i++) {
    const word = words[i]!;
    const isNan = (word & 0x7fffffff) > INFINITY_BITS;
    half[i] = isNan ? (word >>> 16) | 0x40 : roundOff(word, 16) >>> 16;
  }
  return half;
}

const INFINITY_BITS = 0x7f800000;
/** 65520, half-way between the largest half and the one that would follow. */
const OVERFLOW_BITS = 0x477ff000;
/** 2^-14, the smallest half with a full fraction. */
const NORMAL_BITS = 0x38800000;
/** Infinity and the smallest half with a full fraction, as halves moved to the place of single precision. */
const HALF_INFINITY_BITS = 0x7c00 << 13;
const HALF_NORMAL_BITS = 0x0400 << 13;
/** What exponents are more by in single precision: 127 - 15, in their place. */
const REBIAS = 0x38000000;

/** Adds what carries into the bits above the last `count` where those are more than half, or half and the bit is odd. */
function roundOff(word: number, count: 13 | 16): number {
  return (word + (1 << (count - 1)) - 1 + ((word >>> count) & 1)) >>> 0;
}

function wordsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

/** One number, and its bits. */
function scratch(): readonly [Float32Array, Uint32Array] {
  const sum = new Float32Array(1);
  return [sum, wordsOf(sum)];
}
