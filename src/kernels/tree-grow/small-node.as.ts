/**
 * Sorting nodes of up to 16 samples without branches: each sample's place is the number of keys below its own, counted
 * four at a time.
 */
import { DIFFERS, Growth, NEAR } from './growth.as';

/** Scratch in `counts`: keys and rows as gathered, places, codes in order; 16 words each. */
const ROWS: usize = 64;
const PLACES: usize = 128;
const SORTED: usize = 192;

// @ts-ignore: a decorator of AssemblyScript
@inline
function addGreater(places: v128, keys: v128, key: v128): v128 {
  return i32x4.sub(places, i32x4.gt_u(keys, key));
}

/** Writes the open node in the order of a column, ties in the order of the samples, to `entries` and `samples`. */
export function sortSmallNode(g: Growth, feature: i32): void {
  const n = g.end - g.start;
  gather(g, feature, n);
  if (n > 8) countSixteen(g.counts, n);
  else if (n > 4) countEight(g.counts, n);
  else countFour(g.counts, n);
  arrange(g, n);
}

/** A key is a code above a position, so that no two are equal; keys beyond the node are the greatest. */
function gather(g: Growth, feature: i32, n: i32): void {
  const keys = g.counts;
  const codes = g.codes + (((<usize>feature) * (<usize>g.rows)) << 2);
  const samples = g.samples + ((<usize>g.start) << 2);
  const none = i32x4.splat(-1);
  v128.store(keys, none);
  v128.store(keys, none, 16);
  v128.store(keys, none, 32);
  v128.store(keys, none, 48);
  for (let q = 0; q < n; q++) {
    const at = (<usize>q) << 2;
    const row = load<u32>(samples + at);
    store<u32>(keys + at, row, ROWS);
    store<u32>(keys + at, (load<u32>(codes + ((<usize>row) << 2)) << 4) | q);
  }
}

function countFour(keys: usize, n: i32): void {
  const own = v128.load(keys);
  let places = i32x4.splat(0);
  for (let at = keys, end = keys + ((<usize>n) << 2); at < end; at += 4) {
    places = addGreater(places, own, v128.load32_splat(at));
  }
  v128.store(keys, places, PLACES);
}

function countEight(keys: usize, n: i32): void {
  const keys0 = v128.load(keys);
  const keys1 = v128.load(keys, 16);
  let places0 = i32x4.splat(0);
  let places1 = i32x4.splat(0);
  for (let at = keys, end = keys + ((<usize>n) << 2); at < end; at += 4) {
    const key = v128.load32_splat(at);
    places0 = addGreater(places0, keys0, key);
    places1 = addGreater(places1, keys1, key);
  }
  v128.store(keys, places0, PLACES);
  v128.store(keys, places1, PLACES + 16);
}

function countSixteen(keys: usize, n: i32): void {
  const keys0 = v128.load(keys);
  const keys1 = v128.load(keys, 16);
  const keys2 = v128.load(keys, 32);
  const keys3 = v128.load(keys, 48);
  let places0 = i32x4.splat(0);
  let places1 = i32x4.splat(0);
  let places2 = i32x4.splat(0);
  let places3 = i32x4.splat(0);
  for (let at = keys, end = keys + ((<usize>n) << 2); at < end; at += 4) {
    const key = v128.load32_splat(at);
    places0 = addGreater(places0, keys0, key);
    places1 = addGreater(places1, keys1, key);
    places2 = addGreater(places2, keys2, key);
    places3 = addGreater(places3, keys3, key);
  }
  v128.store(keys, places0, PLACES);
  v128.store(keys, places1, PLACES + 16);
  v128.store(keys, places2, PLACES + 32);
  v128.store(keys, places3, PLACES + 48);
}

function arrange(g: Growth, n: i32): void {
  const keys = g.counts;
  const samples = g.samples + ((<usize>g.start) << 2);
  const size = (<usize>n) << 2;
  for (let at: usize = 0; at < size; at += 4) {
    const to = (<usize>load<u32>(keys + at, PLACES)) << 2;
    store<u32>(samples + to, load<u32>(keys + at, ROWS));
    store<u32>(keys + to, load<u32>(keys + at) >> 4, SORTED);
  }
  let before: u32 = u32.MAX_VALUE;
  for (let at: usize = 0; at < size; at += 4) {
    const code = load<u32>(keys + at, SORTED);
    const differs = <u32>(code !== before) * DIFFERS;
    before = code;
    store<u32>(g.entries + at, load<u32>(samples + at) | ((code & 1) * NEAR) | differs);
  }
}
