/**
 * Rows in the order of falling scores, by radix sort. A score becomes 64 bits that grow as it falls: the bits of a
 * positive double grow with it, those of a negative one against it, so that flipping all bits but the sign of the
 * positive ones turns both orders round; -0 counts as 0. Sorted are words of 32 such bits above the row: first by the
 * upper 32, which tell nearly all scores apart; the rows that they leave equal are put right by insertion. Where that
 * gets too much, all is sorted by the lower 32 bits and then, as each pass is stable, by the upper ones.
 */

const DIGIT: u64 = 11;
const BUCKETS: usize = 2048;
const MASK: u64 = 2047;
/** Moves of the insertions per row before they are given up. */
const PATIENCE: i32 = 4;

/**
 * Writes the rows of `n` scores (no NaN) to `words` as 32-bit numbers. `words` and `spare` have 8 bytes per score,
 * `counts` 3 x 2048 x 4 bytes.
 */
export function descendingOrder(scores: usize, n: i32, words: usize, spare: usize, counts: usize): void {
  for (let i = 0; i < n; i++) {
    store<u64>(words + (<usize>i << 3), (key(scores, i) & 0xffffffff00000000) | <u64>i);
  }
  sortByUpperHalf(words, spare, n, counts);
  if (!insertEqual(scores, spare, n)) {
    for (let i = 0; i < n; i++) store<u64>(words + (<usize>i << 3), (key(scores, i) << 32) | <u64>i);
    sortByUpperHalf(words, spare, n, counts);
    for (let k = 0; k < n; k++) {
      const row = load<u32>(spare + (<usize>k << 3));
      store<u64>(words + (<usize>k << 3), (key(scores, row) & 0xffffffff00000000) | <u64>row);
    }
    sortByUpperHalf(words, spare, n, counts);
  }
  for (let k = 0; k < n; k++) store<u32>(words + (<usize>k << 2), load<u32>(spare + (<usize>k << 3)));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function key(scores: usize, row: i32): u64 {
  const bits = reinterpret<u64>(load<f64>(scores + (<usize>row << 3)) + 0.0);
  return <i64>bits < 0 ? bits : ~bits & 0x7fffffffffffffff;
}

/** Three stable passes from `words` to `spare` and back; the last ends in `spare`. */
function sortByUpperHalf(words: usize, spare: usize, n: i32, counts: usize): void {
  memory.fill(counts, 0, 3 * BUCKETS * 4);
  for (let at = words, end = words + (<usize>n << 3); at < end; at += 8) {
    const word = load<u64>(at);
    increment(counts, (word >> 32) & MASK);
    increment(counts + BUCKETS * 4, (word >> (32 + DIGIT)) & MASK);
    increment(counts + 2 * BUCKETS * 4, word >> (32 + 2 * DIGIT));
  }
  pass(words, spare, n, counts, 32);
  pass(spare, words, n, counts + BUCKETS * 4, 32 + DIGIT);
  pass(words, spare, n, counts + 2 * BUCKETS * 4, 32 + 2 * DIGIT);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function increment(counts: usize, digit: u64): void {
  const at = counts + (<usize>digit << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function pass(from: usize, to: usize, n: i32, counts: usize, shift: u64): void {
  let start: u32 = 0;
  for (let at = counts, end = counts + BUCKETS * 4; at < end; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, start);
    start += count;
  }
  for (let at = from, end = from + (<usize>n << 3); at < end; at += 8) {
    const word = load<u64>(at);
    const place = counts + (<usize>((word >> shift) & MASK) << 2);
    const target = load<u32>(place);
    store<u32>(place, target + 1);
    store<u64>(to + (<usize>target << 3), word);
  }
}

/** Orders rows of equal upper halves by their whole scores; false if that takes too many moves. */
function insertEqual(scores: usize, words: usize, n: i32): bool {
  let patience = <i64>n * PATIENCE;
  for (let k = 1; k < n; k++) {
    const word = load<u64>(words + (<usize>k << 3));
    let at = words + (<usize>(k - 1) << 3);
    let before = load<u64>(at);
    if (before >> 32 != word >> 32) continue;
    const own = load<f64>(scores + (<usize>(word & 0xffffffff) << 3));
    while (load<f64>(scores + (<usize>(before & 0xffffffff) << 3)) < own) {
      store<u64>(at, before, 8);
      at -= 8;
      if (--patience < 0) return false;
      if (at < words) break;
      before = load<u64>(at);
      if (before >> 32 != word >> 32) break;
    }
    store<u64>(at, word, 8);
  }
  return true;
}
