import type { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Per-column moments over the values that are not missing. */
export interface Moments {
  readonly mean: Float64Array;
  /** Population variance. */
  readonly variance: Float64Array;
  /** Standard deviation, 1 where the column is constant up to rounding. */
  readonly scale: Float64Array;
  /** Sum of the weights of the values seen. */
  readonly seen: Float64Array;
}

/**
 * Two passes: means, then squared deviations from them with the correction of the mean's own rounding error
 * (T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for computing the sample variance", 1983, eq. 1.7).
 */
export function* columnMoments(X: Matrix, weights: Float64Array | undefined): Work<Moments> {
  const { rows, columns, data } = X;
  const seen = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const residual = new Float64Array(columns);
  const variance = new Float64Array(columns);
  yield* overRows(rows, columns, i => {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]!;
      if (Number.isNaN(value)) continue;
      seen[j]! += weight;
      mean[j]! += weight * value;
    }
  });
  for (let j = 0; j < columns; j++) mean[j]! /= seen[j]!;
  yield* overRows(rows, columns, i => {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]!;
      if (Number.isNaN(value)) continue;
      const deviation = value - mean[j]!;
      residual[j]! += weight * deviation;
      variance[j]! += weight * deviation * deviation;
    }
  });
  for (let j = 0; j < columns; j++) variance[j] = (variance[j]! - (residual[j]! * residual[j]!) / seen[j]!) / seen[j]!;
  const scale = variance.map((v, j) => (isConstant(v, mean[j]!, seen[j]!) ? 1 : Math.sqrt(v)));
  return { mean, variance, scale, seen };
}

/** Whether a variance is what rounding alone leaves of a constant column of this mean. */
function isConstant(variance: number, mean: number, count: number): boolean {
  const bound = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return variance <= bound;
}

/** Visits every row, with checkpoints between. */
function* overRows(rows: number, columns: number, visit: (row: number) => void): Work<void> {
  const chunk = Math.max(1, Math.floor(MAX_OPS / columns));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    for (let i = from; i < to; i++) visit(i);
    yield { ops: (to - from) * columns };
  }
}
