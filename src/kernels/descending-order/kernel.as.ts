/**
 * Scores in falling order, each with its tag, by radix sort. A score becomes a key of 64 bits that grows as
 * it falls: the bits of a positive double grow with it, those of a negative one against it, so that flipping all bits
 * but the sign of the positive ones turns both orders round; -0 counts as 0. Keys are first sorted by their upper 32
 * bits, which tell nearly all scores apart; those that they leave equal are put right by insertion. Where that gets too
 * much, all are sorted by their lower 32 bits and then, as each pass is stable, by the upper ones again. Keys and tags
 * move together, so that nothing is read out of order.
 */

const DIGIT: u64 = 11;
const BUCKETS: usize = 2048;
const MASK: u64 = 2047;
const SIGN: u64 = 0x8000000000000000;
/** Moves of the insertions per score before they are given up. */
const PATIENCE: i64 = 4;

/**
 * Writes the `n` doubles at `scores` (no NaN), and their tags of 4 bytes each, to `sorted` and `sortedTags` in falling
 * order of the scores. Both lists are written over; `counts` has 3 x 2048 x 4 bytes.
 */
export function sortDescending(
  scores: usize,
  tags: usize,
  n: i32,
  sorted: usize,
  sortedTags: usize,
  counts: usize,
): void {
  for (let at = scores, end = scores + (<usize>n << 3); at < end; at += 8) {
    const bits = reinterpret<u64>(load<f64>(at) + 0.0);
    store<u64>(at, bits & SIGN ? bits : ~bits & ~SIGN);
  }
  sortByHalf(scores, tags, sorted, sortedTags, n, counts, 32);
  if (!insertEqual(sorted, sortedTags, n)) {
    sortByHalf(sorted, sortedTags, scores, tags, n, counts, 0);
    sortByHalf(scores, tags, sorted, sortedTags, n, counts, 32);
  }
  for (let at = sorted, end = sorted + (<usize>n << 3); at < end; at += 8) {
    const key = load<u64>(at);
    store<u64>(at, key & SIGN ? key : ~key & ~SIGN);
  }
}

/** Three stable passes over 32 bits from bit `shift` on, from the first lists to the others and back; ends in those. */
function sortByHalf(
  keys: usize,
  tags: usize,
  toKeys: usize,
  toTags: usize,
  n: i32,
  counts: usize,
  shift: u64,
): void {
  memory.fill(counts, 0, 3 * BUCKETS * 4);
  for (let at = keys, end = keys + (<usize>n << 3); at < end; at += 8) {
    const half = (load<u64>(at) >> shift) & 0xffffffff;
    increment(counts, half & MASK);
    increment(counts + BUCKETS * 4, (half >> DIGIT) & MASK);
    increment(counts + 2 * BUCKETS * 4, half >> (2 * DIGIT));
  }
  pass(keys, tags, toKeys, toTags, n, counts, shift, MASK);
  pass(toKeys, toTags, keys, tags, n, counts + BUCKETS * 4, shift + DIGIT, MASK);
  pass(keys, tags, toKeys, toTags, n, counts + 2 * BUCKETS * 4, shift + 2 * DIGIT, MASK >> 1);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function increment(counts: usize, digit: u64): void {
  const at = counts + (<usize>digit << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function pass(
  keys: usize,
  tags: usize,
  toKeys: usize,
  toTags: usize,
  n: i32,
  counts: usize,
  shift: u64,
  mask: u64,
): void {
  let start: u32 = 0;
  for (let at = counts, end = counts + BUCKETS * 4; at < end; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, start);
    start += count;
  }
  for (let i = 0; i < n; i++) {
    const key = load<u64>(keys + (<usize>i << 3));
    const place = counts + (<usize>((key >> shift) & mask) << 2);
    const target = load<u32>(place);
    store<u32>(place, target + 1);
    store<u64>(toKeys + (<usize>target << 3), key);
    store<u32>(toTags + (<usize>target << 2), load<u32>(tags + (<usize>i << 2)));
  }
}

/** Orders keys that are sorted by their upper halves; false if that takes too many moves. */
function insertEqual(keys: usize, tags: usize, n: i32): bool {
  let patience = PATIENCE * n;
  for (let k = 1; k < n; k++) {
    const key = load<u64>(keys + (<usize>k << 3));
    let at = k - 1;
    if (load<u64>(keys + (<usize>at << 3)) <= key) continue;
    const tag = load<u32>(tags + (<usize>k << 2));
    while (at >= 0 && load<u64>(keys + (<usize>at << 3)) > key) {
      store<u64>(keys + (<usize>at << 3), load<u64>(keys + (<usize>at << 3)), 8);
      store<u32>(tags + (<usize>at << 2), load<u32>(tags + (<usize>at << 2)), 4);
      at--;
      patience--;
    }
    store<u64>(keys + (<usize>(at + 1) << 3), key);
    store<u32>(tags + (<usize>(at + 1) << 2), tag);
    if (patience < 0) return false;
  }
  return true;
}
