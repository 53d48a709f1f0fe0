/** How the values of each column are mapped: one shift and one scale per column. */
export interface ColumnScaling {
  /** `(x - shift) / scale`, or its inverse `x * scale + shift`. */
  readonly rule: 'subtract and divide' | 'multiply and add';
  readonly shift: Float64Array;
  readonly scale: Float64Array;
  /** What results are cut to; nothing where absent. */
  readonly bounds?: readonly [low: number, high: number] | undefined;
}

/** One value of column `j`, mapped; `NaN` stays. */
export function scaleValue(value: number, j: number, { rule, shift, scale, bounds }: ColumnScaling): number {
  const scaled = rule === 'subtract and divide' ? (value - shift[j]!) / scale[j]! : value * scale[j]! + shift[j]!;
  if (bounds === undefined) return scaled;
  return scaled < bounds[0] ? bounds[0] : scaled > bounds[1] ? bounds[1] : scaled;
}

/** Writes the mapped values of rows `from` to `to` of a row-major matrix to the same places of `out`. */
export function scaleRows(
  data: Float64Array,
  columns: number,
  scaling: ColumnScaling,
  from: number,
  to: number,
  out: Float64Array,
): void {
  for (let i = from, at = from * columns; i < to; i++) {
    for (let j = 0; j < columns; j++, at++) out[at] = scaleValue(data[at]!, j, scaling);
  }
}
