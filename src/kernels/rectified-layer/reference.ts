/** A layer of rectified units around its products, in double precision: rows of a batch by columns of units. */

/** Z becomes max(Z + bias, 0), and NaN where it is NaN. */
export function rectifyRows(Z: Float64Array, bias: Float64Array): void {
  for (let at = 0; at < Z.length; at += bias.length) {
    for (let j = 0; j < bias.length; j++) {
      const z = Z[at + j]! + bias[j]!;
      Z[at + j] = z < 0 ? 0 : z;
    }
  }
}

/** What flows back stops, as 0, where the layer gave A = 0; what is left is added to `sums` by columns, row after row. */
export function rectifyRowsBack(A: Float64Array, deltas: Float64Array, sums: Float64Array): void {
  for (let at = 0; at < A.length; at += sums.length) {
    for (let j = 0; j < sums.length; j++) {
      if (A[at + j] === 0) deltas[at + j] = 0;
      sums[j]! += deltas[at + j]!;
    }
  }
}
