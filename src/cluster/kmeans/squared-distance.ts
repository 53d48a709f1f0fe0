/** Squared Euclidean distance of row `i` of `a` and row `j` of `b`, both row-major of `columns` columns. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, columns: number): number {
  let total = 0;
  for (let p = i * columns, q = j * columns, end = p + columns; p < end; p++, q++) {
    const difference = a[p]! - b[q]!;
    total += difference * difference;
  }
  return total;
}
