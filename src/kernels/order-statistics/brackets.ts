/**
 * Where a share of a column's values probably ends, from a sample: a bracket of two values between which few others
 * lie. A bracket that misses costs time, never digits.
 *
 * Source: R. W. Floyd and R. L. Rivest, "Expected time bounds for selection", Communications of the ACM 18, 1975.
 */

/** Values between which a quantile of a column is looked for. */
export interface Bracket {
  readonly lower: number;
  readonly upper: number;
}

/** Steps of the golden ratio spread the sampled rows evenly, whatever the period of the data. */
const GOLDEN = 0.618_033_988_749_894_9;

/** Rows of a sample that takes about as long to sort as the values in its brackets take to search. */
export function sampleRows(rows: number): Int32Array {
  const root = Math.cbrt(rows);
  return Int32Array.from({ length: Math.ceil(root * root) }, (_, i) => Math.floor(rows * ((i * GOLDEN) % 1)));
}

/** Half as many values again as lie between the ends of a median's bracket, the widest, in the mean. */
export function roomBetween(rows: number, deviations: number): number {
  return Math.ceil((1.5 * deviations * rows) / Math.cbrt(rows));
}

/**
 * Brackets of the shares, as wide as so many standard deviations of the rank to either side.
 *
 * @param sample numbers in ascending order
 */
export function bracketsOf(sample: Float64Array, shares: readonly number[], deviations: number): Bracket[] {
  return shares.map(share => {
    const middle = share * (sample.length - 1);
    const margin = deviations * (1 + Math.sqrt(sample.length * share * (1 - share)));
    return {
      lower: sample[Math.floor(middle - margin)] ?? Number.NEGATIVE_INFINITY,
      upper: sample[Math.ceil(middle + margin)] ?? Number.POSITIVE_INFINITY,
    };
  });
}
