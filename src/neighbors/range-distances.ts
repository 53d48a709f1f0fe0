/** Distances of one row from a range of rows, as plain loops. */
import { squaredDistancesInto } from '../linalg/index.ts';
import type { RowDistance } from '../metrics/index.ts';

/** Row `row` of `data`, row-major. */
export interface Query {
  readonly data: Float64Array;
  readonly row: number;
}

/** Writes the distances of a row from rows `from` to `to` of `samples` to the start of `out`. */
export type RangeDistances = (
  query: Query,
  samples: Float64Array,
  columns: number,
  from: number,
  to: number,
  out: Float64Array,
) => void;

export const squaredEuclideanRange: RangeDistances = ({ data, row }, samples, columns, from, to, out) =>
  squaredDistancesInto(data, row, samples, columns, from, to, out);

export const manhattanRange: RangeDistances = ({ data, row }, samples, columns, from, to, out) => {
  const start = row * columns;
  for (let i = from, at = from * columns; i < to; i++) {
    let total = 0;
    for (let k = 0; k < columns; k++, at++) total += Math.abs(data[start + k]! - samples[at]!);
    out[i - from] = total;
  }
};

export const chebyshevRange: RangeDistances = ({ data, row }, samples, columns, from, to, out) => {
  const start = row * columns;
  for (let i = from, at = from * columns; i < to; i++) {
    let greatest = 0;
    for (let k = 0; k < columns; k++, at++) greatest = Math.max(greatest, Math.abs(data[start + k]! - samples[at]!));
    out[i - from] = greatest;
  }
};

/** The rows of the query are distances already. */
export const precomputedRange: RangeDistances = ({ data, row }, _samples, columns, from, to, out) => {
  const start = row * columns;
  for (let i = from; i < to; i++) out[i - from] = data[start + i]!;
};

/** Any function of two rows. */
export function rangeOf(distance: RowDistance): RangeDistances {
  return ({ data, row }, samples, columns, from, to, out) => {
    const own = data.subarray(row * columns, (row + 1) * columns);
    for (let i = from; i < to; i++) {
      out[i - from] = distance(own, samples.subarray(i * columns, (i + 1) * columns));
    }
  };
}
