/**
 * Images as matrices of windows (im2col; K. Chellapilla et al., 2006), so that a convolution is a matrix product: row
 * (channel, i, j) of the columns holds, for each place of the output, the value under position (i, j) of the kernel.
 */

/** Two lengths, along height and width. */
export type Extent = readonly [height: number, width: number];

/** How the windows of an image lie. */
export interface WindowSize {
  readonly input: Extent;
  readonly output: Extent;
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly padding: Extent;
  readonly dilation: Extent;
}

/** Fills `columns` from `channels` channels of an image that begin at `start`; outside of the image there are zeros. */
export function unfoldInto(
  columns: Float32Array,
  x: Float32Array,
  start: number,
  channels: number,
  size: WindowSize,
): void {
  const width = size.output[1];
  const step = size.stride[1];
  let at = 0;
  forEachRow(channels, size, (place, from, to) => {
    columns.fill(0, at, at + from);
    for (let j = from, source = start + place; j < to; j++, source += step) columns[at + j] = x[source]!;
    columns.fill(0, at + to, at + width);
    at += width;
  });
}

/** Adds the columns to where they came from: the transpose of {@link unfoldInto}. */
export function foldInto(
  x: Float32Array,
  start: number,
  columns: Float32Array,
  channels: number,
  size: WindowSize,
): void {
  const width = size.output[1];
  const step = size.stride[1];
  let at = 0;
  forEachRow(channels, size, (place, from, to) => {
    for (let j = from, target = start + place; j < to; j++, target += step) x[target]! += columns[at + j]!;
    at += width;
  });
}

/**
 * Visits the rows of the output under each position of the kernel, in the order of the columns: `place` is where in the
 * image the value for place `from` of the row stands; those before `from` and from `to` on lie outside.
 */
function forEachRow(
  channels: number,
  { input: [height, width], output: [outHeight, outWidth], kernel, stride, padding, dilation }: WindowSize,
  visit: (place: number, from: number, to: number) => void,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kernel[0]; i++) {
      for (let j = 0; j < kernel[1]; j++) {
        const left = j * dilation[1] - padding[1];
        const from = Math.min(outWidth, Math.max(0, Math.ceil(-left / stride[1])));
        const to = Math.max(from, Math.min(outWidth, Math.ceil((width - left) / stride[1])));
        for (let oy = 0; oy < outHeight; oy++) {
          const y = oy * stride[0] + i * dilation[0] - padding[0];
          if (y < 0 || y >= height) visit(0, 0, 0);
          else visit((c * height + y) * width + left + from * stride[1], from, to);
        }
      }
    }
  }
}
