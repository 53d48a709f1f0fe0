/** Writes rows `from` to `to` of a row-major matrix to the same places of `out`, column j's value where there is `NaN`. */
export function fillRows(
  data: Float64Array,
  columns: number,
  values: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let i = from, at = from * columns; i < to; i++) {
    for (let j = 0; j < columns; j++, at++) out[at] = Number.isNaN(data[at]!) ? values[j]! : data[at]!;
  }
}
