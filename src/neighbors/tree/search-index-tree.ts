import type { Matrix } from '../../array/index.ts';
import { canSearchBoxTree, type NearestSamples, searchBoxTree } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';
import { EUCLIDEAN, type Metric } from '../metric.ts';
import { NearestLists } from '../nearest-lists.ts';
import type { IndexTree, NeighborIndex } from '../neighbor-index.ts';
import { ballBound } from './ball-bounds.ts';
import { boxBound } from './box-bounds.ts';
import { searchTree } from './search-tree.ts';

/**
 * The nearest samples of each query by the tree of an index.
 *
 * @param without where given, the position in X of each query, which is left out
 */
export function* searchIndexTree(
  metric: Metric,
  { samples, order }: Pick<NeighborIndex, 'samples' | 'order'>,
  { layout, bounds }: IndexTree,
  queries: Matrix,
  k: number,
  without: Int32Array | undefined,
): Work<NearestSamples> {
  if (bounds.kind === 'boxes' && metric === EUCLIDEAN && canSearchBoxTree(samples, k)) {
    return yield* searchBoxTree({ samples, order, layout, ...bounds }, queries, k, without);
  }
  const { columns } = samples;
  const lowerBound = bounds.kind === 'boxes' ? boxBound(bounds, metric, columns) : ballBound(bounds, metric, columns);
  const lists = new NearestLists(queries.rows, k);
  yield* searchTree({ layout, samples, order, metric, lowerBound }, queries, lists, row => without?.[row] ?? -1);
  return lists.finish();
}
