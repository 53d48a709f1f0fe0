import { introsort, introsortWords } from './introsort.ts';
import { RadixScratch, sortByKey } from './radix-sort.ts';

/** Shortest range for which buckets pay. */
const MIN_BUCKETS = 14;
/** Most keys in one bucket that insertion sorts well. */
const MAX_IN_BUCKET = 24;
const MAX_TABLE_BITS = 12;
/** Shortest range for which packing pays in the reference sort. */
const MIN_PACKED = 16;

/** One feature's ranks: half of `codes[base + row]`, all below 2^`bits`. */
export interface RankColumn {
  readonly codes: Uint32Array;
  readonly base: number;
  readonly bits: number;
}

/**
 * Sorts a node by ranks: rank and position are packed into one word, dealt into about as many buckets as there are keys,
 * and put into order within the buckets by insertion. Where ranks crowd in few buckets, digits are sorted instead.
 * Linear; ties keep their order.
 */
export class RankSorter {
  readonly #scratch: RadixScratch;
  readonly #packed: Uint32Array;
  readonly #dealt: Uint32Array;
  readonly #counts = new Int32Array(1 << MAX_TABLE_BITS);
  /** Least and greatest rank of the node. */
  readonly #range = new Int32Array(2);

  constructor(size: number) {
    this.#scratch = new RadixScratch(size);
    this.#packed = new Uint32Array(size);
    this.#dealt = new Uint32Array(size);
  }

  /** Sorts `samples[start .. end)` by a column's ranks, and writes the ranks to `keys`; ties keep their order. */
  sort(column: RankColumn, keys: Uint32Array, samples: Int32Array, start: number, end: number): void {
    const n = end - start;
    const low = 32 - Math.clz32(n - 1);
    const isDone = n >= MIN_BUCKETS && column.bits + low <= 32 && this.#sortByBuckets(column, keys, samples, start, n);
    if (isDone) return;
    loadKeys(column.codes, column.base, samples, keys, start, end);
    sortByKey(keys, samples, start, end, column.bits, this.#scratch);
  }

  /** As `sort`, but ties come in the order that scikit-learn's sort gives them. */
  sortLikeReference(column: RankColumn, keys: Uint32Array, samples: Int32Array, start: number, end: number): void {
    const n = end - start;
    const low = n > 1 ? 32 - Math.clz32(n - 1) : 0;
    if (n < MIN_PACKED || column.bits + low > 32) {
      loadKeys(column.codes, column.base, samples, keys, start, end);
      introsort(keys, samples, start, end);
      return;
    }
    const before = this.#scratch.items;
    pack(column.codes, column.base, samples, start, n, low, this.#packed, before, this.#range);
    introsortWords(this.#packed, n, low);
    unpack(this.#packed, keys, samples, start, n, low, before);
  }

  /** Changes nothing, and returns false, where some bucket is too full. */
  #sortByBuckets(
    { codes, base }: RankColumn,
    keys: Uint32Array,
    samples: Int32Array,
    start: number,
    n: number,
  ): boolean {
    const counts = this.#counts;
    const before = this.#scratch.items;
    const low = 32 - Math.clz32(n - 1);
    pack(codes, base, samples, start, n, low, this.#packed, before, this.#range);
    const least = this.#range[0]!;
    const rangeBits = 32 - Math.clz32(this.#range[1]! - least);
    const shift = Math.max(0, rangeBits - Math.min(low, MAX_TABLE_BITS));
    const first = (least << low) >>> 0;
    const tableSize = 1 << (rangeBits - shift);
    counts.fill(0, 0, tableSize);
    countInBuckets(this.#packed, n, first, low + shift, counts);
    if (countsToStarts(counts, tableSize) > MAX_IN_BUCKET && shift > 0) return false;
    deal(this.#packed, this.#dealt, n, first, low + shift, counts);
    if (shift > 0) insertWords(this.#dealt, n);
    unpack(this.#dealt, keys, samples, start, n, low, before);
    return true;
  }
}

// One loop per function, with nothing after it: see cut-scans.ts.

export function loadKeys(
  codes: Uint32Array,
  base: number,
  samples: Int32Array,
  keys: Uint32Array,
  start: number,
  end: number,
): void {
  for (let p = start; p < end; p++) keys[p] = codes[base + samples[p]!]! >>> 1;
}

/** Writes rank and position into one word, the samples to `before`, and least and greatest rank to `range`. */
function pack(
  codes: Uint32Array,
  base: number,
  samples: Int32Array,
  start: number,
  n: number,
  low: number,
  packed: Uint32Array,
  before: Int32Array,
  range: Int32Array,
): void {
  let least = 0x7fffffff;
  let greatest = -1;
  for (let q = 0; q < n; q++) {
    const i = samples[start + q]!;
    const key = codes[base + i]! >>> 1;
    before[q] = i;
    packed[q] = (key << low) | q;
    if (key < least) {
      least = key;
      range[0] = key;
    }
    if (key > greatest) {
      greatest = key;
      range[1] = key;
    }
  }
}

/** Buckets hold 2^`down` words each, the first from `first` on. */
function countInBuckets(words: Uint32Array, n: number, first: number, down: number, counts: Int32Array): void {
  for (let q = 0; q < n; q++) counts[(words[q]! - first) >>> down]!++;
}

/** Returns the greatest count. */
function countsToStarts(counts: Int32Array, size: number): number {
  let greatest = 0;
  for (let bucket = 0, at = 0; bucket < size; bucket++) {
    const count = counts[bucket]!;
    counts[bucket] = at;
    at += count;
    if (count > greatest) greatest = count;
  }
  return greatest;
}

function deal(
  words: Uint32Array,
  dealt: Uint32Array,
  n: number,
  first: number,
  down: number,
  starts: Int32Array,
): void {
  for (let q = 0; q < n; q++) {
    const word = words[q]!;
    const bucket = (word - first) >>> down;
    const at = starts[bucket]!;
    starts[bucket] = at + 1;
    dealt[at] = word;
  }
}

/** Writes sorted words back as keys, and as the samples at their positions in `before`. */
function unpack(
  words: Uint32Array,
  keys: Uint32Array,
  samples: Int32Array,
  start: number,
  n: number,
  low: number,
  before: Int32Array,
): void {
  const mask = (1 << low) - 1;
  for (let q = 0; q < n; q++) {
    const word = words[q]!;
    keys[start + q] = word >>> low;
    samples[start + q] = before[word & mask]!;
  }
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
