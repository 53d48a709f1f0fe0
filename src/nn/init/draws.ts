/**
 * Random numbers as torch's CPU generator makes them, which is a Mersenne twister as numpy's is: the same seed and the
 * same calls give torch's weights.
 */
import type { RandomState } from '../../random/index.ts';

const WORD = 2 ** 32;
/** A single-precision uniform keeps 24 bits of a word, a double-precision one 53 of two. */
const SINGLE_BITS = 0xffffff;
const SINGLE_UNIT = 2 ** -24;
const DOUBLE_UNIT = 2 ** -53;
/** From this length on torch draws normals in blocks, by another order of the same method. */
const BLOCK = 16;
const HALF = BLOCK / 2;

/** Uniform in [0, 1) with 24 bits. */
function drawUniform(random: RandomState): number {
  return (random.randint(0, WORD) & SINGLE_BITS) * SINGLE_UNIT;
}

/** Fills an array with uniform values in [low, high): a product and a sum with one rounding, as torch's are fused. */
export function fillUniform(out: Float32Array, low: number, high: number, random: RandomState): void {
  const start = Math.fround(low);
  const range = Math.fround(Math.fround(high) - start);
  for (let i = 0; i < out.length; i++) out[i] = drawUniform(random) * range + start;
}

/** Fills an array with normal values (G. E. P. Box and M. E. Muller, 1958). */
export function fillNormal(out: Float32Array, mean: number, deviation: number, random: RandomState): void {
  if (out.length < BLOCK) fillFew(out, mean, deviation, random);
  else fillBlocks(out, mean, deviation, random);
}

/** Pairs from two uniforms of double precision. */
function fillFew(out: Float32Array, mean: number, deviation: number, random: RandomState): void {
  for (let i = 0; i < out.length; i += 2) {
    const angle = 2 * Math.PI * drawDouble(random);
    const radius = Math.sqrt(-2 * Math.log1p(-drawDouble(random)));
    out[i] = radius * Math.cos(angle) * deviation + mean;
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle) * deviation + mean;
  }
}

/** Uniforms first, then each block of sixteen turned into normals; an incomplete last block is drawn anew. */
function fillBlocks(out: Float32Array, mean: number, deviation: number, random: RandomState): void {
  fillUniform(out, 0, 1, random);
  const whole = out.length - (out.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) toNormals(out.subarray(at, at + BLOCK), mean, deviation);
  if (whole === out.length) return;
  const last = out.subarray(out.length - BLOCK);
  fillUniform(last, 0, 1, random);
  toNormals(last, mean, deviation);
}

function toNormals(block: Float32Array, mean: number, deviation: number): void {
  for (let i = 0; i < HALF; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - block[i]!));
    const angle = 2 * Math.PI * block[i + HALF]!;
    block[i] = radius * Math.cos(angle) * deviation + mean;
    block[i + HALF] = radius * Math.sin(angle) * deviation + mean;
  }
}

function drawDouble(random: RandomState): number {
  const high = random.randint(0, WORD) % 2 ** 21;
  return (high * WORD + random.randint(0, WORD)) * DOUBLE_UNIT;
}
