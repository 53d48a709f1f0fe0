import type { Matrix } from '../../array/index.ts';

export interface Neighbor {
  readonly index: number;
  readonly distance: number;
}

/**
 * The `k` nearest samples of one query by squared Euclidean distance, summed in order of the columns; nearest first, of
 * equally distant ones the first by position in X, which `order` has for each sample. The position `without` is left out.
 */
export function nearestOf(
  samples: Matrix,
  order: Int32Array,
  query: Float64Array,
  k: number,
  without: number,
): Neighbor[] {
  const all: Neighbor[] = [];
  for (let i = 0; i < samples.rows; i++) {
    let distance = 0;
    for (let j = 0, at = i * samples.columns; j < samples.columns; j++, at++) {
      const difference = query[j]! - samples.data[at]!;
      distance += difference * difference;
    }
    if (order[i] !== without) all.push({ index: order[i]!, distance });
  }
  // Infinite distances have no difference.
  const sign = (a: number, b: number) => (a < b ? -1 : Number(a > b));
  return all.sort((a, b) => sign(a.distance, b.distance) || a.index - b.index).slice(0, k);
}
