import type { Matrix } from '../../array/index.ts';

/** Offers every pair of a query and a sample whose squared distance is not greater than the query's limit then. */
export function offerClosePairs(
  samples: Matrix,
  queries: Matrix,
  limitOf: (query: number) => number,
  offer: (query: number, sample: number) => void,
): void {
  const { columns } = samples;
  for (let sample = 0; sample < samples.rows; sample++) {
    for (let query = 0; query < queries.rows; query++) {
      let distance = 0;
      for (let k = 0; k < columns; k++) {
        const difference = queries.data[query * columns + k]! - samples.data[sample * columns + k]!;
        distance += difference * difference;
      }
      if (distance <= limitOf(query)) offer(query, sample);
    }
  }
}
