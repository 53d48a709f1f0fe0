/** Adds the columns of a matrix, stored by rows as wide as `totals`, row after row. */
export function addColumns(x: Float32Array, totals: Float64Array): void {
  const { length } = totals;
  for (let at = 0; at < x.length; at += length) {
    for (let j = 0; j < length; j++) totals[j]! += x[at + j]!;
  }
}
