/**
 * The loops of k-means over rows of doubles; reference.ts is their definition. Centers come packed in panels of four: the four values of
 * column 0, then those of column 1, ...; places beyond the last center have an infinite squared length. A tile of
 * 4 rows x 4 centers lives in eight registers of two lanes while the columns run, so that each loaded value is used
 * four times; each sum is in order of the columns, and no multiplication is fused with an addition.
 */

const STEP: usize = 32; // bytes of one column in a panel

/** Writes the nearest center of each of `n` rows to `labels`; see reference.ts. `norms` has four doubles a panel. */
export function assign(rows: usize, n: i32, columns: i32, centers: usize, norms: usize, panels: i32, labels: usize): void {
  const rowBytes = <usize>columns << 3;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = rows + <usize>i * rowBytes;
    assignFour(x, x + rowBytes, x + 2 * rowBytes, x + 3 * rowBytes, columns, centers, norms, panels, labels + (<usize>i << 2), 4);
  }
  if (i === n) return;
  // Missing rows are read again, and not written.
  const last = n - 1;
  const x0 = rows + <usize>i * rowBytes;
  const x1 = rows + <usize>min(i + 1, last) * rowBytes;
  const x2 = rows + <usize>min(i + 2, last) * rowBytes;
  assignFour(x0, x1, x2, x2, columns, centers, norms, panels, labels + (<usize>i << 2), n - i);
}

function assignFour(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  columns: i32,
  centers: usize,
  norms: usize,
  panels: i32,
  labels: usize,
  count: i32,
): void {
  const infinity = f64x2.splat(Infinity);
  let least00 = infinity, least01 = infinity, least10 = infinity, least11 = infinity;
  let least20 = infinity, least21 = infinity, least30 = infinity, least31 = infinity;
  let label00 = i64x2.splat(0), label01 = i64x2.splat(0), label10 = i64x2.splat(0), label11 = i64x2.splat(0);
  let label20 = i64x2.splat(0), label21 = i64x2.splat(0), label30 = i64x2.splat(0), label31 = i64x2.splat(0);
  let c = centers;
  const end = <usize>columns << 3;
  for (let p = 0; p < panels; p++) {
    let a00 = f64x2.splat(0), a01 = f64x2.splat(0), a10 = f64x2.splat(0), a11 = f64x2.splat(0);
    let a20 = f64x2.splat(0), a21 = f64x2.splat(0), a30 = f64x2.splat(0), a31 = f64x2.splat(0);
    for (let k: usize = 0; k < end; k += 8) {
      const c0 = v128.load(c);
      const c1 = v128.load(c, 16);
      c += STEP;
      const v0 = v128.load64_splat(x0 + k);
      a00 = f64x2.add(a00, f64x2.mul(v0, c0));
      a01 = f64x2.add(a01, f64x2.mul(v0, c1));
      const v1 = v128.load64_splat(x1 + k);
      a10 = f64x2.add(a10, f64x2.mul(v1, c0));
      a11 = f64x2.add(a11, f64x2.mul(v1, c1));
      const v2 = v128.load64_splat(x2 + k);
      a20 = f64x2.add(a20, f64x2.mul(v2, c0));
      a21 = f64x2.add(a21, f64x2.mul(v2, c1));
      const v3 = v128.load64_splat(x3 + k);
      a30 = f64x2.add(a30, f64x2.mul(v3, c0));
      a31 = f64x2.add(a31, f64x2.mul(v3, c1));
    }
    const n0 = v128.load(norms + <usize>p * STEP);
    const n1 = v128.load(norms + <usize>p * STEP, 16);
    const j0 = i64x2.add(i64x2.splat(4 * p), i64x2(0, 1));
    const j1 = i64x2.add(j0, i64x2.splat(2));
    let value = distance(n0, a00);
    let isLess = f64x2.lt(value, least00);
    least00 = v128.bitselect(value, least00, isLess);
    label00 = v128.bitselect(j0, label00, isLess);
    value = distance(n1, a01);
    isLess = f64x2.lt(value, least01);
    least01 = v128.bitselect(value, least01, isLess);
    label01 = v128.bitselect(j1, label01, isLess);
    value = distance(n0, a10);
    isLess = f64x2.lt(value, least10);
    least10 = v128.bitselect(value, least10, isLess);
    label10 = v128.bitselect(j0, label10, isLess);
    value = distance(n1, a11);
    isLess = f64x2.lt(value, least11);
    least11 = v128.bitselect(value, least11, isLess);
    label11 = v128.bitselect(j1, label11, isLess);
    value = distance(n0, a20);
    isLess = f64x2.lt(value, least20);
    least20 = v128.bitselect(value, least20, isLess);
    label20 = v128.bitselect(j0, label20, isLess);
    value = distance(n1, a21);
    isLess = f64x2.lt(value, least21);
    least21 = v128.bitselect(value, least21, isLess);
    label21 = v128.bitselect(j1, label21, isLess);
    value = distance(n0, a30);
    isLess = f64x2.lt(value, least30);
    least30 = v128.bitselect(value, least30, isLess);
    label30 = v128.bitselect(j0, label30, isLess);
    value = distance(n1, a31);
    isLess = f64x2.lt(value, least31);
    least31 = v128.bitselect(value, least31, isLess);
    label31 = v128.bitselect(j1, label31, isLess);
  }
  store<i32>(labels, firstLeast(least00, label00, least01, label01));
  if (count > 1) store<i32>(labels, firstLeast(least10, label10, least11, label11), 4);
  if (count > 2) store<i32>(labels, firstLeast(least20, label20, least21, label21), 8);
  if (count > 3) store<i32>(labels, firstLeast(least30, label30, least31, label31), 12);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function distance(norms: v128, products: v128): v128 {
  return f64x2.sub(norms, f64x2.mul(f64x2.splat(2), products));
}

/** The label of the least of four values, the least label of equal ones. */
function firstLeast(values0: v128, labels0: v128, values1: v128, labels1: v128): i32 {
  let value = f64x2.extract_lane(values0, 0);
  let label = <i32>i64x2.extract_lane(labels0, 0);
  let other = f64x2.extract_lane(values0, 1);
  let own = <i32>i64x2.extract_lane(labels0, 1);
  if (other < value || (other === value && own < label)) { value = other; label = own; }
  other = f64x2.extract_lane(values1, 0);
  own = <i32>i64x2.extract_lane(labels1, 0);
  if (other < value || (other === value && own < label)) { value = other; label = own; }
  other = f64x2.extract_lane(values1, 1);
  own = <i32>i64x2.extract_lane(labels1, 1);
  if (other < value || (other === value && own < label)) label = own;
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
