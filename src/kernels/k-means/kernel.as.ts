/**
 * The loops of k-means over rows of doubles; reference.ts is their definition. Single precision tells apart what is beyond
 * doubt (see single-rows.ts), the rest is computed in double precision, so that results are those of the definition to the bit.
 */
export { assign } from './assign.as';
export { largest, toSingle } from './single-tile.as';

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
