/**
 * The loops of k-means over rows of doubles; reference.ts is their definition. Centers come packed in panels of four: the four values of
 * column 0, then those of column 1, ...; places beyond the last center have an infinite squared length. A tile of
 * 4 rows x 4 centers lives in eight registers of two lanes while the columns run, so that each loaded value is used
 * four times; each sum is in order of the columns, and no multiplication is fused with an addition.
 */

const STEP: usize = 32; // bytes of one column in a panel

/**
 * Writes the nearest center of each of `n` rows to `labels`; see reference.ts. `norms` has four doubles a panel;
 * `work` is room for 48 doubles: the products of a tile, and for each row four least values and their labels.
 */
export function assign(
  rows: usize,
  n: i32,
  columns: i32,
  centers: usize,
  norms: usize,
  panels: i32,
  labels: usize,
  work: usize,
): void {
  const rowBytes = <usize>columns << 3;
  const last = n - 1;
  for (let i = 0; i < n; i += 4) {
    // Missing rows are the last one once more, and not written.
    const x0 = rows + <usize>i * rowBytes;
    const x1 = rows + <usize>min(i + 1, last) * rowBytes;
    const x2 = rows + <usize>min(i + 2, last) * rowBytes;
    const x3 = rows + <usize>min(i + 3, last) * rowBytes;
    for (let at: usize = 0; at < 128; at += 16) v128.store(work + at, f64x2.splat(Infinity), 128);
    memory.fill(work + 256, 0, 128);
    let c = centers;
    for (let p = 0; p < panels; p++) {
      multiplyTile(x0, x1, x2, x3, columns, c, work);
      keepLeast(work, norms + <usize>p * STEP, 4 * p);
      c += <usize>columns * STEP;
    }
    for (let r = 0; r < min(4, n - i); r++) {
      const own = work + (<usize>r << 5);
      store<i32>(labels + (<usize>(i + r) << 2), firstLeast(own + 128, own + 256));
    }
  }
}

function multiplyTile(x0: usize, x1: usize, x2: usize, x3: usize, columns: i32, c: usize, tile: usize): void {
  let a00 = f64x2.splat(0), a01 = f64x2.splat(0), a10 = f64x2.splat(0), a11 = f64x2.splat(0);
  let a20 = f64x2.splat(0), a21 = f64x2.splat(0), a30 = f64x2.splat(0), a31 = f64x2.splat(0);
  const end = x0 + (<usize>columns << 3);
  while (x0 < end) {
    const c0 = v128.load(c);
    const c1 = v128.load(c, 16);
    const v0 = v128.load64_splat(x0);
    a00 = f64x2.add(a00, f64x2.mul(v0, c0));
    a01 = f64x2.add(a01, f64x2.mul(v0, c1));
    const v1 = v128.load64_splat(x1);
    a10 = f64x2.add(a10, f64x2.mul(v1, c0));
    a11 = f64x2.add(a11, f64x2.mul(v1, c1));
    const v2 = v128.load64_splat(x2);
    a20 = f64x2.add(a20, f64x2.mul(v2, c0));
    a21 = f64x2.add(a21, f64x2.mul(v2, c1));
    const v3 = v128.load64_splat(x3);
    a30 = f64x2.add(a30, f64x2.mul(v3, c0));
    a31 = f64x2.add(a31, f64x2.mul(v3, c1));
    c += STEP;
    x0 += 8;
    x1 += 8;
    x2 += 8;
    x3 += 8;
  }
  v128.store(tile, a00);
  v128.store(tile, a01, 16);
  v128.store(tile, a10, 32);
  v128.store(tile, a11, 48);
  v128.store(tile, a20, 64);
  v128.store(tile, a21, 80);
  v128.store(tile, a30, 96);
  v128.store(tile, a31, 112);
}

/** Keeps, lane by lane, the least |c|² - 2 x'c of each row, and of equal ones the first, with its label. */
function keepLeast(work: usize, norms: usize, label: i32): void {
  const labels0 = i64x2.add(i64x2.splat(label), i64x2(0, 1));
  const labels1 = i64x2.add(labels0, i64x2.splat(2));
  const norms0 = v128.load(norms);
  const norms1 = v128.load(norms, 16);
  for (let row = work, end = work + 128; row < end; row += 32) {
    const value0 = f64x2.sub(norms0, f64x2.mul(f64x2.splat(2), v128.load(row)));
    const least0 = v128.load(row, 128);
    const isLess0 = f64x2.lt(value0, least0);
    v128.store(row, v128.bitselect(value0, least0, isLess0), 128);
    v128.store(row, v128.bitselect(labels0, v128.load(row, 256), isLess0), 256);
    const value1 = f64x2.sub(norms1, f64x2.mul(f64x2.splat(2), v128.load(row, 16)));
    const least1 = v128.load(row, 144);
    const isLess1 = f64x2.lt(value1, least1);
    v128.store(row, v128.bitselect(value1, least1, isLess1), 144);
    v128.store(row, v128.bitselect(labels1, v128.load(row, 272), isLess1), 272);
  }
}

/** The label of the least of four values, the least label of equal ones. */
function firstLeast(values: usize, labels: usize): i32 {
  let value = load<f64>(values);
  let label = <i32>load<i64>(labels);
  for (let at: usize = 8; at < 32; at += 8) {
    const other = load<f64>(values + at);
    const own = <i32>load<i64>(labels + at);
    if (other < value || (other === value && own < label)) {
      value = other;
      label = own;
    }
  }
  return label;
}

/** Adds each of `n` rows, times its weight, to the sum of its cluster, and the weight to the cluster's total. */
export function addRows(rows: usize, n: i32, columns: i32, weights: usize, labels: usize, sums: usize, totals: usize): void {
  const rowBytes = <usize>columns << 3;
  const evenBytes = <usize>(columns & ~1) << 3;
  let x = rows;
  for (let i = 0; i < n; i++) {
    const label = <usize>load<u32>(labels + (<usize>i << 2));
    const weight = load<f64>(weights + (<usize>i << 3));
    const total = totals + (label << 3);
    store<f64>(total, load<f64>(total) + weight);
    const sum = sums + label * rowBytes;
    const factor = f64x2.splat(weight);
    for (let k: usize = 0; k < evenBytes; k += 16) {
      v128.store(sum + k, f64x2.add(v128.load(sum + k), f64x2.mul(v128.load(x + k), factor)));
    }
    if (evenBytes < rowBytes) store<f64>(sum + evenBytes, load<f64>(sum + evenBytes) + load<f64>(x + evenBytes) * weight);
    x += rowBytes;
  }
}

/**
 * Squared distances of rows from two candidates, one in each lane of a vector, or the distances already known where
 * those are less; four rows at a time, because a sum alone would wait for its last addition. `candidates` holds the two values of column 0, then those of column 1, ... Writes two doubles per row to `after`, and
 * adds the weighted ones to the two doubles at `totals`, in order of the rows.
 */
export function nearerOfTwo(
  rows: usize,
  n: i32,
  columns: i32,
  candidates: usize,
  closest: usize,
  weights: usize,
  after: usize,
  totals: usize,
): void {
  const rowBytes = <usize>columns << 3;
  let total = v128.load(totals);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = rows + <usize>i * rowBytes;
    let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
    let from = candidates;
    for (let k = x, end = x + rowBytes; k < end; k += 8) {
      const y = v128.load(from);
      from += 16;
      const p = f64x2.sub(v128.load64_splat(k), y);
      a = f64x2.add(a, f64x2.mul(p, p));
      const q = f64x2.sub(v128.load64_splat(k + rowBytes), y);
      b = f64x2.add(b, f64x2.mul(q, q));
      const r = f64x2.sub(v128.load64_splat(k + 2 * rowBytes), y);
      c = f64x2.add(c, f64x2.mul(r, r));
      const s = f64x2.sub(v128.load64_splat(k + 3 * rowBytes), y);
      d = f64x2.add(d, f64x2.mul(s, s));
    }
    total = settle(a, i, closest, weights, after, total);
    total = settle(b, i + 1, closest, weights, after, total);
    total = settle(c, i + 2, closest, weights, after, total);
    total = settle(d, i + 3, closest, weights, after, total);
  }
  for (; i < n; i++) {
    const x = rows + <usize>i * rowBytes;
    let a = f64x2.splat(0);
    let from = candidates;
    for (let k = x, end = x + rowBytes; k < end; k += 8) {
      const p = f64x2.sub(v128.load64_splat(k), v128.load(from));
      from += 16;
      a = f64x2.add(a, f64x2.mul(p, p));
    }
    total = settle(a, i, closest, weights, after, total);
  }
  v128.store(totals, total);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function settle(distances: v128, i: i32, closest: usize, weights: usize, after: usize, total: v128): v128 {
  const least = f64x2.pmin(distances, v128.load64_splat(closest + (<usize>i << 3)));
  v128.store(after + (<usize>i << 4), least);
  return f64x2.add(total, f64x2.mul(least, v128.load64_splat(weights + (<usize>i << 3))));
}
