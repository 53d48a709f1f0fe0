/** The definition of the loops over a tree of boxes; rows stay where they are, and only their order changes. */
import type { Matrix } from '../../array/index.ts';

export { quickSelect } from './quick-select.ts';

/** Widens a box, one bound per column, to hold the rows that come at positions `from` to `to` in the order. */
export function widen(
  { data, columns }: Matrix,
  order: Int32Array,
  from: number,
  to: number,
  lower: Float64Array,
  upper: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    for (let k = 0, at = order[i]! * columns; k < columns; k++, at++) {
      if (data[at]! < lower[k]!) lower[k] = data[at]!;
      if (data[at]! > upper[k]!) upper[k] = data[at]!;
    }
  }
}

/** The `k` nearest samples of one query, nearest first, of equally distant ones the first. */
export function nearest(
  samples: Matrix,
  query: Float64Array,
  k: number,
  without: number,
): { readonly index: number; readonly distance: number }[] {
  return Array.from({ length: samples.rows }, (_, index) => {
    const distance = query.reduce((sum, value, j) => sum + (value - samples.get(index, j)) ** 2, 0);
    return { index, distance };
  })
    .filter(({ index }) => index !== without)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, k);
}
