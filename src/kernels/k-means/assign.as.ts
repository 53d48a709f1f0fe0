/** The nearest center of each row: found in single precision where the second nearest is surely farther. */
import { assignDoubles } from './assign-doubles.as';
import { multiplySingles } from './single-tile.as';

/** Of a row, eight lanes each: least values, the labels of those, and the least of the other values. */
const STATE: usize = 96;
const LABELS: usize = 32;
const OTHERS: usize = 64;

/**
 * Writes the nearest center of each of `n` rows to `labels`; see reference.ts. `singles` and `norms` are the rows in
 * single precision and their squared lengths, `points` and `pointNorms` the centers in panels of eight, `centers` and
 * `centerNorms` in panels of four doubles. Two values of a row whose squared length is s are in order beyond doubt where they
 * are more than `share` (s + `greatest`) apart. `work` is room for a tile, four states, 48 doubles and n positions.
 */
export function assign(
  singles: usize,
  norms: usize,
  rows: usize,
  n: i32,
  columns: i32,
  points: usize,
  pointNorms: usize,
  centers: usize,
  centerNorms: usize,
  count: i32,
  share: f64,
  greatest: f64,
  labels: usize,
  work: usize,
): void {
  const rowBytes = <usize>columns << 2;
  const last = n - 1;
  const panels = (count + 7) >> 3;
  const states = work + 128;
  const doubles = states + 4 * STATE;
  const open = doubles + 384;
  let left = 0;
  for (let i = 0; i < n; i += 4) {
    // Missing rows are the last one once more, and not written.
    const x0 = singles + <usize>i * rowBytes;
    const x1 = singles + <usize>min(i + 1, last) * rowBytes;
    const x2 = singles + <usize>min(i + 2, last) * rowBytes;
    const x3 = singles + <usize>min(i + 3, last) * rowBytes;
    multiplySingles(x0, x1, x2, x3, columns, points, pointNorms, work);
    for (let r: usize = 0; r < 4; r++) begin(v128.load(work + (r << 5)), v128.load(work + (r << 5), 16), states + r * STATE);
    for (let p = 1; p < panels; p++) {
      multiplySingles(x0, x1, x2, x3, columns, points + <usize>p * (rowBytes << 3), pointNorms + (<usize>p << 5), work);
      const labels0 = i32x4.add(i32x4.splat(p << 3), i32x4(0, 1, 2, 3));
      const labels1 = i32x4.add(labels0, i32x4.splat(4));
      for (let r: usize = 0; r < 4; r++) {
        const state = states + r * STATE;
        keepTwo(v128.load(work + (r << 5)), labels0, state);
        keepTwo(v128.load(work + (r << 5), 16), labels1, state + 16);
      }
    }
    for (let r = 0; r < min(4, n - i); r++) {
      const own = <f64>load<f32>(norms + (<usize>(i + r) << 2));
      const label = certainLabel(states + <usize>r * STATE, share * (own + greatest));
      if (label >= 0) store<i32>(labels + (<usize>(i + r) << 2), label);
      else {
        store<i32>(open + (<usize>left << 2), i + r);
        left++;
      }
    }
  }
  assignDoubles(rows, open, left, columns, centers, centerNorms, (count + 3) >> 2, labels, doubles);
}

/** The state after the first panel. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function begin(values0: v128, values1: v128, state: usize): void {
  v128.store(state, values0);
  v128.store(state, values1, 16);
  v128.store(state, i32x4(0, 1, 2, 3), LABELS);
  v128.store(state, i32x4(4, 5, 6, 7), LABELS + 16);
  v128.store(state, f32x4.splat(Infinity), OTHERS);
  v128.store(state, f32x4.splat(Infinity), OTHERS + 16);
}

/** Keeps, lane by lane, the least value with its label, and the least of all others. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function keepTwo(values: v128, labels: v128, state: usize): void {
  const least = v128.load(state);
  const isLess = f32x4.lt(values, least);
  v128.store(state, f32x4.pmin(least, values));
  v128.store(state, v128.bitselect(labels, v128.load(state, LABELS), isLess), LABELS);
  v128.store(state, f32x4.pmin(v128.load(state, OTHERS), f32x4.pmax(least, values)), OTHERS);
}

/** The label of the least value, or -1 where another one is no more than `doubt` above it. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function certainLabel(state: usize, doubt: f64): i32 {
  const least0 = v128.load(state), least1 = v128.load(state, 16);
  const least = leastLane(f32x4.pmin(least0, least1));
  const isLeast0 = f32x4.eq(least0, least), isLeast1 = f32x4.eq(least1, least);
  const mask = i32x4.bitmask(isLeast0) | (i32x4.bitmask(isLeast1) << 4);
  if (popcnt(mask) !== 1) return -1;
  const infinite = f32x4.splat(Infinity);
  const others = f32x4.pmin(v128.load(state, OTHERS), v128.load(state, OTHERS + 16));
  const lanes = f32x4.pmin(
    v128.bitselect(infinite, least0, isLeast0),
    v128.bitselect(infinite, least1, isLeast1),
  );
  const second = f32x4.extract_lane(leastLane(f32x4.pmin(others, lanes)), 0);
  if (!(<f64>second - <f64>f32x4.extract_lane(least, 0) > doubt)) return -1;
  return load<i32>(state + LABELS + (<usize>ctz(mask) << 2));
}

/** The least of four lanes, in all of them. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function leastLane(values: v128): v128 {
  const pairs = f32x4.pmin(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
  return f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}
