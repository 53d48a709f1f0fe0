/** Normalisation of rows, computed in double precision. Sums over a row are taken in four parts, as by `channel-lines`. */

/** Numbers of each row: its mean, and one over the root of its variance plus eps. */
export interface RowMoments {
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** Numbers of each column. */
export interface ColumnFactors {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** (x - mean) scale weight + bias; writes the moments of each row. */
export function normaliseRows(
  x: Float32Array,
  { weight, bias }: ColumnFactors,
  eps: number,
  { means, scales }: RowMoments,
  out: Float32Array,
): void {
  const width = weight.length;
  for (let row = 0, at = 0; at < x.length; row++, at += width) {
    const mean = inFourParts(width, i => x[at + i]!) / width;
    const variance = inFourParts(width, i => (x[at + i]! - mean) * (x[at + i]! - mean)) / width;
    const scale = 1 / Math.sqrt(variance + eps);
    means[row] = mean;
    scales[row] = scale;
    for (let i = 0; i < width; i++) out[at + i] = (x[at + i]! - mean) * scale * weight[i]! + bias[i]!;
  }
}

/**
 * With y = (x - mean) scale, and g the gradient of the result: dx = scale (g w - mean(g w) - y mean(g w y)). To the sums
 * over the columns are added dw = sum(g y) and db = sum(g).
 */
export function normaliseRowsBack(
  grad: Float32Array,
  x: Float32Array,
  weight: Float64Array,
  { means, scales }: RowMoments,
  back: Float32Array,
  sums: ColumnFactors,
): void {
  const width = weight.length;
  for (let row = 0, at = 0; at < x.length; row++, at += width) {
    const [mean, scale] = [means[row]!, scales[row]!];
    const shift = inFourParts(width, i => grad[at + i]! * weight[i]!) / width;
    const slope = inFourParts(width, i => grad[at + i]! * weight[i]! * ((x[at + i]! - mean) * scale)) / width;
    for (let i = 0; i < width; i++) {
      const y = (x[at + i]! - mean) * scale;
      sums.bias[i]! += grad[at + i]!;
      sums.weight[i]! += grad[at + i]! * y;
      back[at + i] = scale * (grad[at + i]! * weight[i]! - shift - y * slope);
    }
  }
}

function inFourParts(count: number, value: (i: number) => number): number {
  const parts = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) parts[i % 4]! += value(i);
  return parts[0]! + parts[1]! + (parts[2]! + parts[3]!);
}
