import type { Matrix } from '../array/index.ts';
import { canFindNearest, type NearestSamples, nearestSamplesWork } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { EUCLIDEAN, type Metric } from './metric.ts';
import { NearestLists } from './nearest-lists.ts';
import type { NeighborIndex } from './neighbor-index.ts';

/** Numbers of samples that stay in the processor's nearest cache while all queries go over them. */
const BLOCK = 4096;

/**
 * The nearest samples of each query, all pairs compared.
 *
 * @param without where given, the position in X of each query, which is left out
 */
export function* searchSamples(
  metric: Metric,
  index: Pick<NeighborIndex, 'samples' | 'order'>,
  queries: Matrix,
  k: number,
  without: Int32Array | undefined,
): Work<NearestSamples> {
  const lists = new NearestLists(queries.rows, k);
  if (metric === EUCLIDEAN && canFindNearest()) lists.replace(yield* nearestSamplesWork(index, queries, k, without));
  else yield* searchAll(metric, index, queries, lists, row => without?.[row] ?? -1);
  return lists.finish();
}

/** Offers every query every sample, except what `without` says (the query itself, where it is a sample). */
function* searchAll(
  metric: Metric,
  { samples, order }: Pick<NeighborIndex, 'samples' | 'order'>,
  queries: Matrix,
  lists: NearestLists,
  without: (query: number) => number,
): Work<void> {
  const height = Math.max(1, Math.floor(BLOCK / samples.columns));
  const distances = new Float64Array(height);
  for (let start = 0; start < samples.rows; start += height) {
    const end = Math.min(samples.rows, start + height);
    yield* inBlocks(queries.rows, (end - start) * samples.columns, (from, to) => {
      for (let row = from; row < to; row++) {
        metric.range({ data: queries.data, row }, samples.data, samples.columns, start, end, distances);
        lists.offerRange(row, distances, order, start, end, without(row));
      }
    });
  }
}
