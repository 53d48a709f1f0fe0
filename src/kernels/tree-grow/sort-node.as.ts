/** Sorting a node by one column. A word is a code above its row: 64 bits that sort as a whole. */
import { DIFFERS, Growth, NEAR } from './growth.as';
import { introsort, STABLE_MAX } from './introsort.as';
import { sortSmallNode } from './small-node.as';

/** Longest node that insertion sorts faster than buckets. */
const INSERTION_MAX: i32 = 24;
/** Most words in one bucket that insertion sorts well. */
const MAX_IN_BUCKET: i32 = 24;
/** Buckets are at most 2^13: their counts (32 kB) should stay in the first-level cache. */
const MAX_TABLE_BITS: i32 = 13;
const DIGIT_BITS: i32 = 11;

/**
 * Writes the open node, sorted by a column, to `entries`, and, where sums round, to `samples`: there ties come in the
 * order that scikit-learn's sort gives them, which depends on the order before.
 */
export function sortNode(g: Growth, feature: i32): void {
  const n = g.end - g.start;
  if (n <= STABLE_MAX) {
    sortSmallNode(g, feature);
    return;
  }
  if (g.isExact) {
    gather(g, feature, n);
    writeEntries(g, sortFast(g, n), n);
    return;
  }
  if (load<u8>(g.tied + (<usize>feature)) === 0) {
    gather(g, feature, n);
    const sorted = sortFast(g, n);
    if (writeEntries(g, sorted, n) === 0) {
      writeSamples(g, sorted, n);
      return;
    }
  }
  sortLikeReference(g, feature);
}

/** As `sortNode` where sums round, for nodes with ties. */
export function sortLikeReference(g: Growth, feature: i32): void {
  const n = g.end - g.start;
  gather(g, feature, n);
  introsort(g.words, n);
  writeEntries(g, g.words, n);
  writeSamples(g, g.words, n);
}

/** Fills `words`, and notes the range of the codes in `least` and `greatest`. */
function gather(g: Growth, feature: i32, n: i32): void {
  const codes = g.codes + (((<usize>feature) * (<usize>g.rows)) << 2);
  const words = g.words;
  let from = g.samples + ((<usize>g.start) << 2);
  let least: u32 = u32.MAX_VALUE;
  let greatest: u32 = 0;
  for (let to = words, end = words + ((<usize>n) << 3); to < end; to += 8, from += 4) {
    const row = load<u32>(from);
    const code = load<u32>(codes + ((<usize>row) << 2));
    least = min(least, code);
    greatest = max(greatest, code);
    store<u32>(to, row);
    store<u32>(to, code, 4);
  }
  g.leastCode = least;
  g.greatestCode = greatest;
}

/** Sorts `words`, ties by row, and returns where the sorted ones are. */
function sortFast(g: Growth, n: i32): usize {
  if (n > INSERTION_MAX) return sortByBuckets(g, n);
  insertWords(g.words, n);
  return g.words;
}

function sortByBuckets(g: Growth, n: i32): usize {
  const words = g.words;
  const end = words + ((<usize>n) << 3);
  const least = g.leastCode;
  const rangeBits = 32 - <i32>clz(g.greatestCode - least);
  const tableBits = min(rangeBits, min(32 - <i32>clz(n - 1), MAX_TABLE_BITS));
  const shift = rangeBits - tableBits;
  const counts = g.counts;
  const size: usize = 1 << tableBits;
  memory.fill(counts, 0, size << 2);
  for (let at = words; at < end; at += 8) {
    const bucket = counts + ((<usize>((load<u32>(at, 4) - least) >> shift)) << 2);
    store<u32>(bucket, load<u32>(bucket) + 1);
  }
  const most = countsToStarts(counts, size);
  if (shift > 0 && most > MAX_IN_BUCKET) return sortByDigits(g, n, least, rangeBits);
  const dealt = g.dealt;
  for (let at = words; at < end; at += 8) {
    const word = load<u64>(at);
    const bucket = counts + ((<usize>((<u32>(word >> 32) - least) >> shift)) << 2);
    const place = load<u32>(bucket);
    store<u32>(bucket, place + 1);
    store<u64>(dealt + ((<usize>place) << 3), word);
  }
  // Without a shift, words of one bucket are ties.
  if (shift > 0) insertWords(dealt, n);
  return dealt;
}

/** Least significant digit first; stable. */
function sortByDigits(g: Growth, n: i32, least: u32, rangeBits: i32): usize {
  let from = g.words;
  let to = g.dealt;
  const counts = g.counts;
  const size: usize = 1 << DIGIT_BITS;
  const mask: u32 = <u32>size - 1;
  for (let shift = 0; shift < rangeBits; shift += DIGIT_BITS) {
    const end = from + ((<usize>n) << 3);
    memory.fill(counts, 0, size << 2);
    for (let at = from; at < end; at += 8) {
      const bucket = counts + ((<usize>(((load<u32>(at, 4) - least) >> shift) & mask)) << 2);
      store<u32>(bucket, load<u32>(bucket) + 1);
    }
    countsToStarts(counts, size);
    for (let at = from; at < end; at += 8) {
      const word = load<u64>(at);
      const bucket = counts + ((<usize>(((<u32>(word >> 32) - least) >> shift) & mask)) << 2);
      const place = load<u32>(bucket);
      store<u32>(bucket, place + 1);
      store<u64>(to + ((<usize>place) << 3), word);
    }
    const kept = from;
    from = to;
    to = kept;
  }
  return from;
}

/** Returns the greatest count. */
function countsToStarts(counts: usize, size: usize): i32 {
  let greatest = 0;
  let at = 0;
  for (let bucket = counts, end = counts + (size << 2); bucket < end; bucket += 4) {
    const count = load<i32>(bucket);
    store<i32>(bucket, at);
    at += count;
    greatest = max(greatest, count);
  }
  return greatest;
}

function insertWords(words: usize, n: i32): void {
  const end = words + ((<usize>n) << 3);
  for (let i = words + 8; i < end; i += 8) {
    const word = load<u64>(i);
    let j = i;
    while (j > words && load<u64>(j - 8) > word) {
      store<u64>(j, load<u64>(j - 8));
      j -= 8;
    }
    store<u64>(j, word);
  }
}

/** Returns the number of ties. */
function writeEntries(g: Growth, words: usize, n: i32): i32 {
  let to = g.entries;
  let before: u32 = u32.MAX_VALUE;
  let ties = 0;
  for (let at = words, end = words + ((<usize>n) << 3); at < end; at += 8, to += 4) {
    const code = load<u32>(at, 4);
    const isTie = <i32>(code === before);
    before = code;
    ties += isTie;
    store<u32>(to, load<u32>(at) | ((code & 1) * NEAR) | (<u32>(1 - isTie) * DIFFERS));
  }
  return ties;
}

function writeSamples(g: Growth, words: usize, n: i32): void {
  let to = g.samples + ((<usize>g.start) << 2);
  for (let at = words, end = words + ((<usize>n) << 3); at < end; at += 8, to += 4) {
    store<u32>(to, load<u32>(at));
  }
}
