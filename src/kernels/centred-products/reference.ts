/** The definition of a chunk's means and centred rows; the products are those of `gram`. */
import type { Matrix } from '../../array/index.ts';

/** Rows `from .. to - 1`, with their weights and the sum of those. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly weights: Float64Array | undefined;
  readonly weight: number;
}

/** Writes the weighted means of the columns of all parts. */
export function meansInto(parts: readonly Matrix[], range: RowRange, mean: Float64Array): void {
  let at = 0;
  for (const part of parts) {
    meansOf(part, range, mean.subarray(at, at + part.columns));
    at += part.columns;
  }
}

/** Summed as differences from the first row, four rows at a time: a common offset costs no digits. */
function meansOf({ data, columns }: Matrix, { from, to, weights, weight }: RowRange, mean: Float64Array): void {
  const first = data.subarray(from * columns, (from + 1) * columns);
  for (let i = from; i < to; i += 4) {
    const [a, b, c, d] = fourWeights(weights, i - from, to - from);
    const at0 = i * columns;
    // Past the end the last row stands in, with weight 0.
    const at1 = Math.min(i + 1, to - 1) * columns;
    const at2 = Math.min(i + 2, to - 1) * columns;
    const at3 = Math.min(i + 3, to - 1) * columns;
    for (let j = 0; j < columns; j++) {
      const base = first[j]!;
      mean[j]! +=
        a * (data[at0 + j]! - base) +
        b * (data[at1 + j]! - base) +
        (c * (data[at2 + j]! - base) + d * (data[at3 + j]! - base));
    }
  }
  for (let j = 0; j < columns; j++) mean[j] = first[j]! + mean[j]! / weight;
}

function fourWeights(weights: Float64Array | undefined, at: number, end: number): [number, number, number, number] {
  const weightAt = (i: number) => (i < end ? (weights?.[i] ?? 1) : 0);
  return [weightAt(at), weightAt(at + 1), weightAt(at + 2), weightAt(at + 3)];
}

/** Copies the rows of all parts, less the means and times the roots of their weights. */
export function centreInto(parts: readonly Matrix[], range: RowRange, mean: Float64Array, chunk: Float64Array): void {
  const width = mean.length;
  let at = 0;
  for (const part of parts) {
    copyCentred(part, range, mean.subarray(at, at + part.columns), chunk, at, width);
    at += part.columns;
  }
  if (range.weights !== undefined) scaleRows(chunk, width, range.weights);
}

function copyCentred(
  { data, columns }: Matrix,
  { from, to }: RowRange,
  mean: Float64Array,
  chunk: Float64Array,
  at: number,
  width: number,
): void {
  for (let i = from; i < to; i += 2) {
    const row = i * columns;
    const target = (i - from) * width + at;
    // At the end of an odd number the last row is written twice.
    const isPair = i + 1 < to;
    const nextRow = isPair ? row + columns : row;
    const nextTarget = isPair ? target + width : target;
    for (let j = 0; j < columns; j++) {
      const center = mean[j]!;
      chunk[target + j] = data[row + j]! - center;
      chunk[nextTarget + j] = data[nextRow + j]! - center;
    }
  }
}

function scaleRows(chunk: Float64Array, width: number, weights: Float64Array): void {
  for (let i = 0; i < weights.length; i++) {
    const root = Math.sqrt(weights[i]!);
    for (let j = i * width; j < (i + 1) * width; j++) chunk[j]! *= root;
  }
}
