/** Weighted sums of the columns of a range of rows; missing values (`NaN`) count for nothing. */
export interface MomentSums {
  /** Sum of the weights of the values seen. */
  readonly seen: Float64Array;
  readonly sum: Float64Array;
  /** Sum of the deviations from the mean of the range: 0 but for the rounding of that mean. */
  readonly residual: Float64Array;
  /** Sum of the squared deviations from the mean of the range. */
  readonly squares: Float64Array;
}

/** The sums of rows `from` to `to` of a row-major matrix, in order of the rows; `weights` are those of all rows. */
export function momentSums(
  data: Float64Array,
  columns: number,
  weights: Float64Array | undefined,
  from: number,
  to: number,
): MomentSums {
  const [seen, sum, residual, squares] = [0, 0, 0, 0].map(() => new Float64Array(columns)) as Vectors;
  for (let i = from, at = from * columns; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      if (Number.isNaN(value)) continue;
      seen[j]! += weight;
      sum[j]! += weight * value;
    }
  }
  for (let i = from, at = from * columns; i < to; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let j = 0; j < columns; j++, at++) {
      const deviation = data[at]! - sum[j]! / seen[j]!;
      if (Number.isNaN(deviation)) continue;
      residual[j]! += weight * deviation;
      squares[j]! += weight * deviation * deviation;
    }
  }
  return { seen, sum, residual, squares };
}

type Vectors = [Float64Array, Float64Array, Float64Array, Float64Array];
