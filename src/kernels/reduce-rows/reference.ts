import type { Matrix } from '../../array/index.ts';

/** What a row is reduced to. */
export type RowReduction = 'sum' | 'squaredNorm' | 'max';

const REDUCTIONS: Readonly<Record<RowReduction, (row: Float64Array) => number>> = {
  sum: row => row.reduce((total, value) => total + value, 0),
  squaredNorm: row => row.reduce((total, value) => total + value * value, 0),
  max: row => row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
};

/** One number per row. */
export function reduceRowsReference(X: Matrix, reduction: RowReduction): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => REDUCTIONS[reduction](X.row(i)));
}
