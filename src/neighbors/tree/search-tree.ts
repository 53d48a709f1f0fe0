import type { Matrix } from '../../array/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import type { Metric } from '../metric.ts';
import type { NearestLists } from '../nearest-lists.ts';
import type { Query } from '../range-distances.ts';
import type { Layout } from './grow-tree.ts';

/** A reduced distance that no sample of a node goes below. */
export type LowerBound = (query: Query, node: number) => number;

/** Bounds give way by this share, so that their rounding never hides a sample. */
export const ROUNDING = 1e-12;

export interface TreeSearch {
  readonly layout: Layout;
  readonly samples: Matrix;
  /** Position in X of each row of `samples`. */
  readonly order: Int32Array;
  readonly metric: Metric;
  readonly lowerBound: LowerBound;
}

/**
 * Offers each query the samples that may be among its nearest, nearer nodes first; what `without` says is left out
 * (the query itself, where it is a sample).
 */
export function* searchTree(
  search: TreeSearch,
  queries: Matrix,
  lists: NearestLists,
  without: (query: number) => number,
): Work<void> {
  const visit = visitor(search, queries, lists);
  let ops = 0;
  for (let row = 0; row < queries.rows; row++) {
    ops += visit(row, without(row)) * queries.columns;
    if (ops < MAX_OPS / 4) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
}

/** Answers one query; gives the number of distances it took. */
function visitor(
  { layout: { starts, ends }, samples, order, metric, lowerBound }: TreeSearch,
  queries: Matrix,
  lists: NearestLists,
): (row: number, without: number) => number {
  const nodes = starts.length;
  const inner = nodes >> 1;
  const largest = ends.reduce((most, end, node) => (node < inner ? most : Math.max(most, end - starts[node]!)), 0);
  const distances = new Float64Array(largest);
  // Each level leaves at most one sibling waiting.
  const waiting = new Int32Array(64);
  const bounds = new Float64Array(64);
  return (row, without) => {
    const query = { data: queries.data, row };
    let count = 1;
    let taken = 1;
    waiting[0] = 0;
    bounds[0] = lowerBound(query, 0);
    while (count > 0) {
      count--;
      const node = waiting[count]!;
      if (bounds[count]! * (1 - ROUNDING) > lists.worst(row)) continue;
      if (node >= inner) {
        const start = starts[node]!;
        const end = ends[node]!;
        metric.range(query, samples.data, samples.columns, start, end, distances);
        lists.offerRange(row, distances, order, start, end, without);
        taken += end - start;
        continue;
      }
      const left = lowerBound(query, 2 * node + 1);
      const right = lowerBound(query, 2 * node + 2);
      taken += 2;
      const isLeftNearer = left <= right;
      waiting[count] = 2 * node + (isLeftNearer ? 2 : 1);
      bounds[count++] = isLeftNearer ? right : left;
      waiting[count] = 2 * node + (isLeftNearer ? 1 : 2);
      bounds[count++] = isLeftNearer ? left : right;
    }
    return taken;
  };
}
