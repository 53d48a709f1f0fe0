/**
 * Writes the squared Euclidean distances of row `row` of `a` from rows `from` to `to` of `b`, both row-major of
 * `columns` columns, to the start of `out`. Each is summed in order of the columns; four at a time, because one sum
 * alone would wait for its last addition at every step.
 */
export function squaredDistancesInto(
  a: Float64Array,
  row: number,
  b: Float64Array,
  columns: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const start = row * columns;
  let i = from;
  for (; i + 3 < to; i += 4) {
    const first = i * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let k = 0; k < columns; k++) {
      const value = a[start + k]!;
      const d = value - b[first + k]!;
      const e = value - b[second + k]!;
      const f = value - b[third + k]!;
      const g = value - b[fourth + k]!;
      p += d * d;
      q += e * e;
      r += f * f;
      s += g * g;
    }
    out[i - from] = p;
    out[i - from + 1] = q;
    out[i - from + 2] = r;
    out[i - from + 3] = s;
  }
  for (; i < to; i++) {
    let total = 0;
    for (let k = 0, at = i * columns; k < columns; k++, at++) {
      const difference = a[start + k]! - b[at]!;
      total += difference * difference;
    }
    out[i - from] = total;
  }
}
