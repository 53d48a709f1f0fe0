import type { Matrix } from '../array/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import type { Metric } from './metric.ts';
import type { NearestLists } from './nearest-lists.ts';
import type { NeighborIndex } from './neighbor-index.ts';

/** Numbers of samples that stay in the processor's nearest cache while all queries go over them. */
const BLOCK = 4096;

/** Offers every query every sample, except what `without` says (the query itself, where it is a sample). */
export function* searchAll(
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
