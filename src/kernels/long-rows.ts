/**
 * Kernels that treat each value by its column take two columns at a time. They read a narrow matrix, or one with an odd
 * number of columns, as one with fewer, longer rows, and what belongs to the columns repeated.
 */

/** Values of a row from which on the inner loop is long enough. */
const LONG = 32;

/** How many rows are read as one, so that it is long and even. */
export function rowsPerLongRow(columns: number): number {
  const times = Math.ceil(LONG / columns);
  return (times * columns) % 2 === 0 ? times : 2 * times;
}

/** Fills `out` with copies of `values`. */
export function repeatInto(values: Float64Array, out: Float64Array): void {
  for (let at = 0; at < out.length; at += values.length) out.set(values, at);
}
