import { RadixScratch, sortByKey } from './radix-sort.ts';

/** Shortest range for which buckets pay. */
const MIN_BUCKETS = 14;
/** Most keys in one bucket that insertion sorts well. */
const MAX_IN_BUCKET = 24;
const MAX_TABLE_BITS = 12;

/**
 * Sorts a node by ranks: key and position are packed into one word, dealt into about as many buckets as there are keys,
 * and put into order within the buckets by insertion. Where ranks crowd in few buckets, digits are sorted instead.
 * Linear; ties keep their order.
 */
export class RankSorter {
  readonly #scratch: RadixScratch;
  readonly #packed: Uint32Array;
  readonly #dealt: Uint32Array;
  readonly #counts = new Int32Array((1 << MAX_TABLE_BITS) + 1);

  constructor(size: number) {
    this.#scratch = new RadixScratch(size);
    this.#packed = new Uint32Array(size);
    this.#dealt = new Uint32Array(size);
  }

  /** Sorts `samples[start .. end)` by `keys`, all below 2^`bits`, and moves both. */
  sort(keys: Uint32Array, samples: Int32Array, start: number, end: number, bits: number): void {
    const n = end - start;
    const positionBits = 32 - Math.clz32(n - 1);
    const isDone =
      bits + positionBits <= 32 && n >= MIN_BUCKETS && this.#sortPacked(keys, samples, start, n, positionBits);
    if (!isDone) sortByKey(keys, samples, start, end, bits, this.#scratch);
  }

  /** Changes nothing, and returns false, where some bucket is too full. */
  #sortPacked(keys: Uint32Array, samples: Int32Array, start: number, n: number, positionBits: number): boolean {
    const { least, greatest } = pack(keys, start, n, positionBits, this.#packed);
    const rangeBits = 32 - Math.clz32(greatest - least);
    const shift = Math.max(0, rangeBits - Math.min(positionBits, MAX_TABLE_BITS));
    const crowd = deal(this.#packed, this.#dealt, n, least, shift, positionBits, this.#counts);
    if (shift > 0) {
      if (crowd > MAX_IN_BUCKET) return false;
      insertWords(this.#dealt, n);
    }
    const before = this.#scratch.items;
    for (let q = 0; q < n; q++) before[q] = samples[start + q]!;
    const mask = (1 << positionBits) - 1;
    for (let q = 0; q < n; q++) {
      const word = this.#dealt[q]!;
      keys[start + q] = word >>> positionBits;
      samples[start + q] = before[word & mask]!;
    }
    return true;
  }
}

/** Writes key and position, and returns the range of the keys. */
function pack(
  keys: Uint32Array,
  start: number,
  n: number,
  positionBits: number,
  packed: Uint32Array,
): { least: number; greatest: number } {
  let least = keys[start]!;
  let greatest = least;
  for (let q = 0; q < n; q++) {
    const key = keys[start + q]!;
    packed[q] = (key << positionBits) | q;
    if (key < least) least = key;
    else if (key > greatest) greatest = key;
  }
  return { least, greatest };
}

/** Deals words into buckets of 2^`shift` ranks from `least` on; returns the size of the fullest. */
function deal(
  words: Uint32Array,
  dealt: Uint32Array,
  n: number,
  least: number,
  shift: number,
  positionBits: number,
  counts: Int32Array,
): number {
  const down = positionBits + shift;
  const first = (least << positionBits) >>> 0;
  counts.fill(0, 0, 1 << Math.min(positionBits, MAX_TABLE_BITS));
  let buckets = 0;
  for (let q = 0; q < n; q++) {
    const bucket = (words[q]! - first) >>> down;
    counts[bucket]!++;
    if (bucket > buckets) buckets = bucket;
  }
  let crowd = 0;
  for (let bucket = 0, at = 0; bucket <= buckets; bucket++) {
    const count = counts[bucket]!;
    if (count > crowd) crowd = count;
    counts[bucket] = at;
    at += count;
  }
  for (let q = 0; q < n; q++) {
    const word = words[q]!;
    const bucket = (word - first) >>> down;
    dealt[counts[bucket]!++] = word;
  }
  return crowd;
}

function insertWords(words: Uint32Array, n: number): void {
  for (let i = 1; i < n; i++) {
    const word = words[i]!;
    let j = i;
    while (j > 0 && words[j - 1]! > word) {
      words[j] = words[j - 1]!;
      j--;
    }
    words[j] = word;
  }
}
