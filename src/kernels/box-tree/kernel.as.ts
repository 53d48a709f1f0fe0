/**
 * Loops over a tree of boxes around rows of doubles (see index.ts): to grow it, rows change places in memory; to search it,
 * samples lie column by column, and the boxes of two siblings side by side, so that each step takes two at a time.
 */

/** Widens the box at `lower` and `upper` to hold rows `from` to `to`. */
export function widen(rows: usize, columns: i32, from: i32, to: i32, lower: usize, upper: usize): void {
  const rowBytes = <usize>columns << 3;
  const start = rows + <usize>from * rowBytes, end = rows + <usize>to * rowBytes;
  for (let k: usize = 0; k < rowBytes; k += 16) {
    // The last of an odd number of columns comes with the one before it, or alone.
    const isSingle = k + 16 > rowBytes;
    const at = isSingle && k > 0 ? k - 8 : k;
    if (isSingle && k === 0) {
      let least = load<f64>(lower), most = load<f64>(upper);
      for (let x = start; x < end; x += rowBytes) {
        const value = load<f64>(x);
        if (value < least) least = value;
        if (value > most) most = value;
      }
      store<f64>(lower, least);
      store<f64>(upper, most);
      return;
    }
    let least = v128.load(lower + at), most = v128.load(upper + at);
    for (let x = start + at; x < end; x += rowBytes) {
      const values = v128.load(x);
      least = f64x2.pmin(least, values);
      most = f64x2.pmax(most, values);
    }
    v128.store(lower + at, least);
    v128.store(upper + at, most);
  }
}

/**
 * Reorders rows `from` to `to` and their positions at `order` so that row `middle` is the one that sorting by a column,
 * and then by position, would put there, with no greater one before it and no lesser one after it.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: find", Communications of the ACM 4, 1961, with the median of three as pivot.
 */
export function select(rows: usize, order: usize, columns: i32, from: i32, to: i32, middle: i32, column: i32): void {
  const rowBytes = <usize>columns << 3;
  const keys = rows + (<usize>column << 3);
  let left = from, right = to - 1;
  while (left < right) {
    const pivot = medianOf(keys, order, rowBytes, left, (left + right) >>> 1, right);
    const key = load<f64>(keys + <usize>pivot * rowBytes);
    const position = load<i32>(order + (<usize>pivot << 2));
    let i = left, j = right;
    while (i <= j) {
      while (isBefore(load<f64>(keys + <usize>i * rowBytes), load<i32>(order + (<usize>i << 2)), key, position)) i++;
      while (isBefore(key, position, load<f64>(keys + <usize>j * rowBytes), load<i32>(order + (<usize>j << 2)))) j--;
      if (i > j) break;
      swap(rows, order, rowBytes, i, j);
      i++;
      j--;
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function isBefore(a: f64, i: i32, b: f64, j: i32): bool {
  return a < b || (a === b && i < j);
}

/** The middle one of three rows. */
function medianOf(keys: usize, order: usize, rowBytes: usize, first: i32, second: i32, third: i32): i32 {
  const a = load<f64>(keys + <usize>first * rowBytes), i = load<i32>(order + (<usize>first << 2));
  const b = load<f64>(keys + <usize>second * rowBytes), j = load<i32>(order + (<usize>second << 2));
  const c = load<f64>(keys + <usize>third * rowBytes), k = load<i32>(order + (<usize>third << 2));
  if (isBefore(a, i, b, j)) return isBefore(c, k, a, i) ? first : isBefore(b, j, c, k) ? second : third;
  return isBefore(c, k, b, j) ? second : isBefore(a, i, c, k) ? first : third;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function swap(rows: usize, order: usize, rowBytes: usize, i: i32, j: i32): void {
  const a = rows + <usize>i * rowBytes, b = rows + <usize>j * rowBytes;
  for (let k: usize = 0; k < rowBytes; k += 8) {
    const kept = load<f64>(a + k);
    store<f64>(a + k, load<f64>(b + k));
    store<f64>(b + k, kept);
  }
  const p = order + (<usize>i << 2), q = order + (<usize>j << 2);
  const kept = load<i32>(p);
  store<i32>(p, load<i32>(q));
  store<i32>(q, kept);
}

/** Bounds give way by this share, so that their rounding never hides a sample. */
const CERTAIN: f64 = 1 - 1e-12;

/**
 * The `k` nearest samples of each of `count` queries, nearest first, of equally distant ones the first by position. `samples`
 * lie column by column, `stride` bytes apart, with two doubles of slack behind each column; `boxes` holds for each of `inner` nodes and
 * each column the least values of its two children, and then the greatest. `without` has a position per query that is
 * left out, or is 0. `work` is room for 64 nodes and bounds.
 */
export function search(
  queries: usize,
  count: i32,
  columns: i32,
  samples: usize,
  stride: usize,
  order: usize,
  starts: usize,
  ends: usize,
  inner: i32,
  boxes: usize,
  k: i32,
  without: usize,
  distances: usize,
  indices: usize,
  work: usize,
): void {
  const bounds = work + 256;
  for (let q = 0; q < count; q++) {
    const query = queries + (<usize>q * <usize>columns << 3);
    const own = distances + (<usize>q * <usize>k << 3);
    const ownIndices = indices + (<usize>q * <usize>k << 2);
    const left = without === 0 ? -1 : load<i32>(without + (<usize>q << 2));
    let held = 0;
    let waiting = 1;
    store<i32>(work, 0);
    store<f64>(bounds, 0);
    while (waiting > 0) {
      waiting--;
      const worst = held === k ? load<f64>(own + (<usize>(k - 1) << 3)) : Infinity;
      if (load<f64>(bounds + (<usize>waiting << 3)) * CERTAIN > worst) continue;
      const node = load<i32>(work + (<usize>waiting << 2));
      if (node >= inner) {
        const from = load<i32>(starts + (<usize>node << 2)), to = load<i32>(ends + (<usize>node << 2));
        held = visit(query, columns, samples, stride, order, from, to, k, left, held, own, ownIndices);
        continue;
      }
      const both = boundsOf(query, columns, boxes + (<usize>node * <usize>columns << 5));
      const first = f64x2.extract_lane(both, 0), second = f64x2.extract_lane(both, 1);
      const isFirstNearer = first <= second;
      store<i32>(work + (<usize>waiting << 2), 2 * node + (isFirstNearer ? 2 : 1));
      store<f64>(bounds + (<usize>waiting << 3), isFirstNearer ? second : first);
      waiting++;
      store<i32>(work + (<usize>waiting << 2), 2 * node + (isFirstNearer ? 1 : 2));
      store<f64>(bounds + (<usize>waiting << 3), isFirstNearer ? first : second);
      waiting++;
    }
  }
}

/** Squared distances of a query from the boxes of two siblings. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function boundsOf(query: usize, columns: i32, boxes: usize): v128 {
  const zero = f64x2.splat(0);
  let total = zero;
  for (let end = query + (<usize>columns << 3); query < end; query += 8) {
    const value = v128.load64_splat(query);
    const below = f64x2.sub(v128.load(boxes), value), above = f64x2.sub(value, v128.load(boxes, 16));
    const outside = f64x2.pmax(f64x2.pmax(below, above), zero);
    total = f64x2.add(total, f64x2.mul(outside, outside));
    boxes += 32;
  }
  return total;
}

/** Offers the samples of a leaf; gives the number of samples held then. */
function visit(
  query: usize,
  columns: i32,
  samples: usize,
  stride: usize,
  order: usize,
  from: i32,
  to: i32,
  k: i32,
  without: i32,
  held: i32,
  distances: usize,
  indices: usize,
): i32 {
  const last = distances + (<usize>(k - 1) << 3);
  let worst = f64x2.splat(held === k ? load<f64>(last) : Infinity);
  for (let i = from; i < to; i += 2) {
    let total = f64x2.splat(0);
    let sample = samples + (<usize>i << 3);
    for (let x = query, end = query + (<usize>columns << 3); x < end; x += 8) {
      const difference = f64x2.sub(v128.load64_splat(x), v128.load(sample));
      total = f64x2.add(total, f64x2.mul(difference, difference));
      sample += stride;
    }
    const far = f64x2.gt(total, worst);
    if (i64x2.all_true(far)) continue;
    if (!(i64x2.bitmask(far) & 1)) {
      held = offer(f64x2.extract_lane(total, 0), load<i32>(order + (<usize>i << 2)), k, without, held, distances, indices);
    }
    if (i + 1 < to && !(i64x2.bitmask(far) & 2)) {
      held = offer(f64x2.extract_lane(total, 1), load<i32>(order + (<usize>i << 2), 4), k, without, held, distances, indices);
    }
    if (held === k) worst = v128.load64_splat(last);
  }
  return held;
}

/** Puts a sample in its place among those held, if it has one. */
function offer(distance: f64, index: i32, k: i32, without: i32, held: i32, distances: usize, indices: usize): i32 {
  if (index === without) return held;
  let at = held;
  if (held === k) {
    at--;
    if (isBefore(load<f64>(distances + (<usize>at << 3)), load<i32>(indices + (<usize>at << 2)), distance, index)) return held;
  } else held++;
  for (; at > 0; at--) {
    const other = load<f64>(distances + (<usize>(at - 1) << 3));
    const position = load<i32>(indices + (<usize>(at - 1) << 2));
    if (isBefore(other, position, distance, index)) break;
    store<f64>(distances + (<usize>at << 3), other);
    store<i32>(indices + (<usize>at << 2), position);
  }
  store<f64>(distances + (<usize>at << 3), distance);
  store<i32>(indices + (<usize>at << 2), index);
  return held;
}
