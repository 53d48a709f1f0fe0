/**
 * Rows that may become centers. Single precision tells which rows are surely no nearer to one of up to eight candidates
 * than to their center, and about how much each candidate gains; the distances from the one that is taken are computed
 * directly.
 */
import { multiplyFourSingles, multiplySingles } from './single-tile.as';

/** Twice the greatest share by which rounding to single precision changes a number. */
const LOOSE: f64 = 1.1920928955078125e-7;

/**
 * `marks` gets a byte for each of `n` rows: a bit for each candidate that may be nearer than the row's center. Adds to
 * the candidates' eight places at `gains` by how much they lessen the weighted squared distances, and to the place behind them
 * the most by which the rows' shares of a gain may be off. `points` are the candidates in a panel of single precision, in which squares are
 * `unit` times as long; a value of a row of squared length s is off by at most `share` (s + `greatest`). `work` is room
 * for a tile of eight rows.
 */
export function estimate(
  singles: usize,
  norms: usize,
  n: i32,
  columns: i32,
  points: usize,
  pointNorms: usize,
  count: i32,
  share: f64,
  greatest: f64,
  unit: f64,
  closest: usize,
  weights: usize,
  marks: usize,
  gains: usize,
  work: usize,
): void {
  const rowBytes = <usize>columns << 2;
  const all = (1 << count) - 1;
  const zero = f32x4.splat(0);
  let gain0 = zero, gain1 = zero;
  let doubt: f64 = 0;
  for (let at: usize = 16; at < 256; at += 32) v128.store(work + at, f32x4.splat(Infinity));
  for (let i = 0; i < n; i += 8) {
    const rows = min(8, n - i);
    multiply(singles + <usize>i * rowBytes, rows, columns, points, pointNorms, count, work);
    for (let r = 0; r < rows; r++) {
      const row = <usize>(i + r);
      const norm = <f64>load<f32>(norms + (row << 2));
      const error = share * (norm + greatest);
      const exact = load<f64>(closest + (row << 3)) * unit - norm + error;
      const limit = f32x4.splat(<f32>(exact + LOOSE * abs(exact)));
      const values0 = v128.load(work + (<usize>r << 5)), values1 = v128.load(work + (<usize>r << 5), 16);
      const far = i32x4.bitmask(f32x4.gt(values0, limit)) | (i32x4.bitmask(f32x4.gt(values1, limit)) << 4);
      const near = ~far & all;
      store<u8>(marks + row, near);
      if (near === 0) continue;
      const weight = load<f64>(weights + (row << 3));
      const factor = f32x4.splat(<f32>weight);
      gain0 = f32x4.add(gain0, f32x4.mul(factor, f32x4.pmax(zero, f32x4.sub(limit, values0))));
      gain1 = f32x4.add(gain1, f32x4.mul(factor, f32x4.pmax(zero, f32x4.sub(limit, values1))));
      doubt += weight * error;
    }
  }
  addLanes(gains, gain0);
  addLanes(gains + 32, gain1);
  store<f64>(gains, load<f64>(gains, 64) + 3 * doubt, 64);
}

/** Up to eight rows; of fewer, the last one stands for those missing. */
function multiply(x: usize, rows: i32, columns: i32, points: usize, norms: usize, count: i32, tile: usize): void {
  if (count <= 4 && rows === 8) return multiplyFourSingles(x, columns, points, norms, tile);
  const rowBytes = <usize>columns << 2;
  const last = x + <usize>(rows - 1) * rowBytes;
  for (let r = 0; r < rows; r += 4) {
    const x0 = x + <usize>r * rowBytes;
    const x1 = min(x0 + rowBytes, last), x2 = min(x1 + rowBytes, last), x3 = min(x2 + rowBytes, last);
    multiplySingles(x0, x1, x2, x3, columns, points, norms, tile + (<usize>r << 5));
  }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addLanes(to: usize, lanes: v128): void {
  const high = v128.shuffle<f32>(lanes, lanes, 2, 3, 2, 3);
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(lanes)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16);
}

/**
 * Adds up at `total`, in order of `n` rows, their weighted distances from a candidate, where it is marked and they are
 * less, else those from their nearest center; keeps these distances as the latter if told so. `work` is room for a
 * position and two distances per row.
 */
export function settle(
  rows: usize,
  n: i32,
  columns: i32,
  candidate: usize,
  bit: i32,
  marks: usize,
  closest: usize,
  weights: usize,
  isKept: i32,
  total: usize,
  work: usize,
): void {
  const distances = work;
  const after = isKept ? closest : distances + (<usize>n << 3) + 32;
  const near = distances + (<usize>n << 4) + 32;
  let count = 0;
  for (let row = 0; row < n; row++) {
    store<u32>(near + (<usize>count << 2), row);
    count += (<i32>load<u8>(marks + <usize>row) >> bit) & 1;
  }
  measure(rows, columns, candidate, near, count, distances);
  if (!isKept) memory.copy(after, closest, <usize>n << 3);
  for (let p = 0; p < count; p++) {
    const own = after + (<usize>load<u32>(near + (<usize>p << 2)) << 3);
    const known = load<f64>(own), distance = load<f64>(distances + (<usize>p << 3));
    store<f64>(own, known < distance ? known : distance);
  }
  let sum = load<f64>(total);
  for (let at: usize = 0; at < <usize>n << 3; at += 8) sum += load<f64>(after + at) * load<f64>(weights + at);
  store<f64>(total, sum);
}

/** Squared distances of some rows, each in order of the columns; four at a time, because one sum would wait for itself. */
function measure(rows: usize, columns: i32, candidate: usize, near: usize, count: i32, distances: usize): void {
  const rowBytes = <usize>columns << 3;
  const last = count - 1;
  for (let p = 0; p < count; p += 4) {
    const x0 = rows + <usize>load<u32>(near + (<usize>p << 2)) * rowBytes;
    const x1 = rows + <usize>load<u32>(near + (<usize>min(p + 1, last) << 2)) * rowBytes;
    const x2 = rows + <usize>load<u32>(near + (<usize>min(p + 2, last) << 2)) * rowBytes;
    const x3 = rows + <usize>load<u32>(near + (<usize>min(p + 3, last) << 2)) * rowBytes;
    let a = f64x2.splat(0), b = a;
    for (let k: usize = 0; k < rowBytes; k += 8) {
      const value = v128.load64_splat(candidate + k);
      const e = f64x2.sub(v128.load64_lane(x1 + k, v128.load64_zero(x0 + k), 1), value);
      a = f64x2.add(a, f64x2.mul(e, e));
      const f = f64x2.sub(v128.load64_lane(x3 + k, v128.load64_zero(x2 + k), 1), value);
      b = f64x2.add(b, f64x2.mul(f, f));
    }
    const to = distances + (<usize>p << 3);
    v128.store(to, a);
    v128.store(to, b, 16);
  }
}
