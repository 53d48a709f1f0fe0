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

/**
 * The pieces of image rows that windows see, three numbers each: where in a channel a piece begins, where in the
 * channel's part of the columns it goes, and how many values it has. The other places of the columns lie outside of the
 * image; they are the same for every channel, and stay zero.
 */
export type Pieces = Int32Array;

export function piecesOf({
  input: [height, width],
  output: [outHeight, outWidth],
  kernel,
  stride,
  padding,
  dilation,
}: WindowSize): Pieces {
  const pieces: number[] = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const left = j * dilation[1] - padding[1];
      const from = Math.min(outWidth, Math.max(0, Math.ceil(-left / stride[1])));
      const to = Math.max(from, Math.min(outWidth, Math.ceil((width - left) / stride[1])));
      for (let oy = 0; oy < outHeight; oy++) {
        const y = oy * stride[0] + i * dilation[0] - padding[0];
        const row = (i * kernel[1] + j) * outHeight + oy;
        if (y >= 0 && y < height) pieces.push(y * width + left + from * stride[1], row * outWidth + from, to - from);
      }
    }
  }
  return Int32Array.from(pieces);
}

/** Fills `columns` from `channels` channels of an image that begin at `start`. */
export function unfoldInto(
  columns: Float32Array,
  x: Float32Array,
  start: number,
  channels: number,
  size: WindowSize,
  pieces: Pieces,
): void {
  const { step, channelLength, columnsLength } = lengthsOf(size);
  for (let c = 0; c < channels; c++) {
    const [from, to] = [start + c * channelLength, c * columnsLength];
    for (let p = 0; p < pieces.length; p += 3) {
      const at = to + pieces[p + 1]!;
      const end = at + pieces[p + 2]!;
      for (let i = at, source = from + pieces[p]!; i < end; i++, source += step) columns[i] = x[source]!;
    }
  }
}

/** Adds the columns to where they came from: the transpose of {@link unfoldInto}. */
export function foldInto(
  x: Float32Array,
  start: number,
  columns: Float32Array,
  channels: number,
  size: WindowSize,
  pieces: Pieces,
): void {
  const { step, channelLength, columnsLength } = lengthsOf(size);
  for (let c = 0; c < channels; c++) {
    const [to, from] = [start + c * channelLength, c * columnsLength];
    for (let p = 0; p < pieces.length; p += 3) {
      const at = from + pieces[p + 1]!;
      const end = at + pieces[p + 2]!;
      for (let i = at, target = to + pieces[p]!; i < end; i++, target += step) x[target]! += columns[i]!;
    }
  }
}

/** Values from one place of a row to the next, of one channel, and of one channel's columns. */
function lengthsOf({ input, output, kernel, stride }: WindowSize) {
  return {
    step: stride[1],
    channelLength: input[0] * input[1],
    columnsLength: kernel[0] * kernel[1] * output[0] * output[1],
  };
}
