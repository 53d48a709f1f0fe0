import type { Matrix } from '../array/index.ts';
import { columnNeighboursWork, medianOf, momentSumsWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';

/** What is known of the columns of a table of numbers in which missing is `NaN`. */
export interface NumberStatistics {
  /** `NaN` where a column has no value. */
  readonly statistics: Float64Array;
  /** Number of values that are there. */
  readonly present: Float64Array;
  /** Whether a sum left the range of numbers, as it does where a value is infinite. */
  readonly hasOverflown: boolean;
}

/** The mean of the values of each column that are there. */
export function* columnMeans(X: Matrix): Work<NumberStatistics> {
  const present = new Float64Array(X.columns);
  const sums = new Float64Array(X.columns);
  yield* momentSumsWork(X, undefined, ({ seen, sum }) => {
    for (let j = 0; j < X.columns; j++) {
      present[j]! += seen[j]!;
      sums[j]! += sum[j]!;
    }
  });
  const statistics = sums.map((sum, j) => sum / present[j]!);
  return { statistics, present, hasOverflown: !sums.every(Number.isFinite) };
}

/** The median of the values of each column that are there: the middle one, or the mean of the two middle ones. */
export function* columnMedians(X: Matrix): Work<NumberStatistics> {
  const known = yield* columnMeans(X);
  const neighbours = yield* columnNeighboursWork(X, [0.5]);
  return { ...known, statistics: Float64Array.from(neighbours, ([half]) => medianOf(half!)) };
}
