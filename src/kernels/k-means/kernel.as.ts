/**
 * The loops of k-means over rows of doubles; reference.ts is their definition. Single precision tells apart what is beyond
 * doubt (see single-rows.ts), the rest is computed in double precision, so that results are those of the definition to the bit.
 */
export { assign } from './assign.as';
export { addColumns, addInertia, centre } from './centre.as';
export { estimate, settle } from './seeds.as';
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
