import type { Matrix } from '../array/index.ts';
import { canFindClosePairs, closePairsWork } from '../kernels/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import { EUCLIDEAN, type Metric } from './metric.ts';
import type { NearestLists } from './nearest-lists.ts';
import type { NeighborIndex } from './neighbor-index.ts';
import { squaredEuclideanRange } from './range-distances.ts';

/** Numbers of samples that stay in the processor's nearest cache while all queries go over them. */
const BLOCK = 4096;

/** Offers every query the samples that may be among its nearest, except what `without` says, by the loop that suits. */
export function searchSamples(
  metric: Metric,
  index: Pick<NeighborIndex, 'samples' | 'order'>,
  queries: Matrix,
  lists: NearestLists,
  without: (query: number) => number,
): Work<void> {
  return metric === EUCLIDEAN && canFindClosePairs()
    ? searchClosePairs(index, queries, lists, without)
    : searchAll(metric, index, queries, lists, without);
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

/** The nearest samples by Euclidean distance, as `searchAll` finds them to the bit; pairs surely too far are ruled out. */
function* searchClosePairs(
  { samples, order }: Pick<NeighborIndex, 'samples' | 'order'>,
  queries: Matrix,
  lists: NearestLists,
  without: (query: number) => number,
): Work<void> {
  const exact = new Float64Array(1);
  const offer = (row: number, i: number) => {
    const index = order[i]!;
    if (index === without(row)) return;
    squaredEuclideanRange({ data: queries.data, row }, samples.data, samples.columns, i, i + 1, exact);
    if (!(exact[0]! > lists.worst(row))) lists.offer(row, exact[0]!, index);
  };
  yield* closePairsWork(samples, queries, row => lists.worst(row), offer);
}
