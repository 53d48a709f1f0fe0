/** Rows in the order of falling scores: a radix sort of the scores' bits, so that a million rows take some ten passes. */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;

/** Below this many rows a comparison sort is faster than filling the buckets. */
const SMALL = 1024;

/** Row numbers by falling score, rows of equal score in their own order. */
export function descendingOrder(scores: Float64Array): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  if (order.length < SMALL) return order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const { low, high } = descendingKeys(scores);
  let from: Uint32Array = order;
  let to: Uint32Array = new Uint32Array(order.length);
  for (const words of [low, high]) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (passInto(to, from, words, shift)) [from, to] = [to, from];
    }
  }
  return from;
}

/**
 * 64-bit keys that grow as scores fall: the bits of a positive double grow with it, those of a negative one against
 * it, so that flipping all bits but the sign of the positive ones turns both orders round. -0 counts as 0.
 */
function descendingKeys(scores: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const words = new Uint32Array(Float64Array.from(scores, score => score + 0).buffer);
  const highFirst = new Uint8Array(Uint32Array.of(1).buffer)[0] === 0 ? 0 : 1;
  const low = new Uint32Array(scores.length);
  const high = new Uint32Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const top = words[2 * i + highFirst]!;
    const isNegative = top >>> 31 === 1;
    low[i] = isNegative ? words[2 * i + 1 - highFirst]! : ~words[2 * i + 1 - highFirst]!;
    high[i] = isNegative ? top : ~top & 0x7fffffff;
  }
  return { low, high };
}

/** One stable pass by eleven bits; false, and nothing moved, where all rows share them. */
function passInto(to: Uint32Array, from: Uint32Array, words: Uint32Array, shift: number): boolean {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < words.length; i++) starts[((words[i]! >>> shift) & (BUCKETS - 1)) + 1]!++;
  if (starts.includes(words.length)) return false;
  for (let digit = 0; digit < BUCKETS; digit++) starts[digit + 1]! += starts[digit]!;
  for (let i = 0; i < from.length; i++) {
    const row = from[i]!;
    const digit = (words[row]! >>> shift) & (BUCKETS - 1);
    to[starts[digit]!] = row;
    starts[digit]!++;
  }
  return true;
}
