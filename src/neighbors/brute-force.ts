import type { Matrix } from '../array/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import type { Metric } from './metric.ts';
import type { NearestLists } from './nearest-lists.ts';

/** Numbers of samples that stay in the processor's nearest cache while all queries go over them. */
const BLOCK = 4096;

/** Offers every query every sample, except what `without` says (the query itself, where it is a sample). */
export function* searchAll(
  metric: Metric,
  samples: Matrix,
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
        const self = without(row);
        for (let i = start; i < end; i++) {
          const distance = distances[i - start]!;
          if (distance > lists.worst(row) || i === self) continue;
          lists.offer(row, distance, i);
        }
      }
    });
  }
}
