/** Rows in the order of falling scores: a radix sort of the scores' bits, in six passes whatever the scores are. */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS_PER_WORD = 3;

/** Below this many rows a comparison sort is faster than filling the buckets. */
const SMALL = 1024;

/** Sort keys beside the rows they belong to, so that every pass reads in order. */
interface Keyed {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly rows: Uint32Array;
}

/** Row numbers by falling score, rows of equal score in their own order. */
export function descendingOrder(scores: Float64Array): Uint32Array {
  if (scores.length < SMALL) {
    return Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  }
  let from = descendingKeys(scores);
  let to = emptyKeyed(scores.length);
  for (const word of ['low', 'high'] as const) {
    for (let digit = 0; digit < DIGITS_PER_WORD; digit++) {
      if (passInto(to, from, word, digit * DIGIT_BITS)) [from, to] = [to, from];
    }
  }
  return from.rows;
}

function emptyKeyed(length: number): Keyed {
  return { low: new Uint32Array(length), high: new Uint32Array(length), rows: new Uint32Array(length) };
}

/**
 * 64-bit keys that grow as scores fall: the bits of a positive double grow with it, those of a negative one against
 * it, so that flipping all bits but the sign of the positive ones turns both orders round. -0 counts as 0.
 */
function descendingKeys(scores: Float64Array): Keyed {
  const keyed = emptyKeyed(scores.length);
  const { low, high, rows } = keyed;
  const [double, highAt] = [new Float64Array(1), isLittleEndian() ? 1 : 0];
  const words = new Uint32Array(double.buffer);
  for (let i = 0; i < scores.length; i++) {
    double[0] = scores[i]! + 0;
    const top = words[highAt]!;
    const rest = words[1 - highAt]!;
    const isNegative = top >>> 31 === 1;
    low[i] = isNegative ? rest : ~rest;
    high[i] = isNegative ? top : ~top & 0x7fffffff;
    rows[i] = i;
  }
  return keyed;
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}

/** One stable pass by eleven bits; false, and nothing moved, where all rows share them. */
function passInto(to: Keyed, from: Keyed, word: 'low' | 'high', shift: number): boolean {
  const keys = from[word];
  const starts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < keys.length; i++) starts[((keys[i]! >>> shift) & (BUCKETS - 1)) + 1]!++;
  if (starts.includes(keys.length)) return false;
  for (let digit = 0; digit < BUCKETS; digit++) starts[digit + 1]! += starts[digit]!;
  const { low, high, rows } = from;
  const { low: toLow, high: toHigh, rows: toRows } = to;
  for (let i = 0; i < keys.length; i++) {
    const digit = (keys[i]! >>> shift) & (BUCKETS - 1);
    const at = starts[digit]!;
    starts[digit] = at + 1;
    toLow[at] = low[i]!;
    toHigh[at] = high[i]!;
    toRows[at] = rows[i]!;
  }
  return true;
}
