/** Least and greatest value of each column; Infinity and -Infinity where there is none. */
export interface ColumnRanges {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

export function emptyRanges(columns: number): ColumnRanges {
  return {
    least: new Float64Array(columns).fill(Number.POSITIVE_INFINITY),
    greatest: new Float64Array(columns).fill(Number.NEGATIVE_INFINITY),
  };
}

/** Widens ranges by rows `from` to `to` of a row-major matrix; `NaN` widens nothing. */
export function widenRanges({ least, greatest }: ColumnRanges, data: Float64Array, from: number, to: number): void {
  const columns = least.length;
  for (let i = from, at = from * columns; i < to; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      if (value < least[j]!) least[j] = value;
      if (value > greatest[j]!) greatest[j] = value;
    }
  }
}
