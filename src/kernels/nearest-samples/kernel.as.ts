/**
 * The nearest samples of queries by squared Euclidean distance: single precision rules nearly all pairs out (see
 * single-rows.ts), and the distances of those that it leaves are computed in double precision, in order of the columns.
 */
import { closePairs } from './close-pairs.as';
import { offer } from './lists.as';

/** Half the distance from 1 to the next single number. */
const ROUNDING: f64 = 5.9604644775390625e-8;

/**
 * Offers `n` samples to `count` queries, a multiple of four. `queries` and `samples` are in single precision, as
 * {@link closePairs} takes them; `queryRows` and `sampleRows` are the same rows as they came; `order` has the positions of the
 * samples, and `without` one per query that is left out. A query's list has `held` of `k` at `distances` and `indices`; `limits` is what
 * single precision must exceed for a sample to be surely farther than all of a full list. `work` is room for all pairs.
 */
export function nearest(
  queries: usize,
  count: i32,
  samples: usize,
  columns: i32,
  norms: usize,
  limits: usize,
  queryRows: usize,
  sampleRows: usize,
  order: usize,
  n: i32,
  queryNorms: usize,
  scale: f64,
  without: usize,
  held: usize,
  k: i32,
  distances: usize,
  indices: usize,
  work: usize,
): void {
  const pairs = closePairs(queries, count, samples, (n + 7) >> 3, columns, norms, limits, work);
  const rowBytes = <usize>columns << 3;
  for (let p = 0; p < pairs; p += 2) {
    const first = load<u32>(work + (<usize>p << 2));
    const second = p + 1 < pairs ? load<u32>(work + (<usize>p << 2), 4) : first;
    const both = distancesOf(queryRows, sampleRows, rowBytes, first, second, n);
    for (let lane = 0; lane < min(2, pairs - p); lane++) {
      const pair = lane === 0 ? first : second;
      const q = <usize>(pair >> 16), s = pair & 0xffff;
      if (<i32>s >= n) continue;
      const index = load<i32>(order + (<usize>s << 2));
      if (index === load<i32>(without + (q << 2))) continue;
      const distance = lane === 0 ? f64x2.extract_lane(both, 0) : f64x2.extract_lane(both, 1);
      const own = distances + q * (<usize>k << 3);
      const known = load<i32>(held + (q << 2));
      if (!offer(own, indices + q * (<usize>k << 2), k, known, distance, index)) continue;
      if (known < k) store<i32>(held + (q << 2), known + 1);
      if (known >= k - 1) {
        store<f32>(limits + (q << 2), limitOf(load<f64>(own), columns, scale, load<f64>(queryNorms + (q << 3))));
      }
    }
  }
}

/** The distances of two pairs; two at a time, because one sum would wait for itself. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function distancesOf(queries: usize, samples: usize, rowBytes: usize, first: u32, second: u32, n: i32): v128 {
  // Places without a sample stand for the last one, and are left out afterwards.
  const last = <u32>(n - 1);
  let x = queries + <usize>(first >> 16) * rowBytes, y = samples + <usize>min<u32>(first & 0xffff, last) * rowBytes;
  let u = queries + <usize>(second >> 16) * rowBytes, v = samples + <usize>min<u32>(second & 0xffff, last) * rowBytes;
  let sums = f64x2.splat(0);
  for (const end = x + rowBytes; x < end; x += 8) {
    const asked = v128.load64_lane(u, v128.load64_zero(x), 1);
    const difference = f64x2.sub(asked, v128.load64_lane(v, v128.load64_zero(y), 1));
    sums = f64x2.add(sums, f64x2.mul(difference, difference));
    y += 8;
    u += 8;
    v += 8;
  }
  return sums;
}

/** What single precision must exceed, so that a squared distance surely exceeds `worst`. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function limitOf(worst: f64, columns: i32, scale: f64, norm: f64): f32 {
  // Distances in double precision lose as much where they underflow.
  const loose = worst + <f64>(columns + 2) * f64.MIN_VALUE;
  const exact = loose * scale * scale - norm + <f64>(4 * (columns + 4)) * <f64>f32.MIN_VALUE;
  return <f32>min<f64>(f32.MAX_VALUE, exact + 2 * ROUNDING * abs(exact));
}
