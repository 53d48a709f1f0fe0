/**
 * The three products of a convolution, image by image and group by group: output, and gradients of input and weight.
 * Images are turned into matrices of windows (im2col; K. Chellapilla et al., 2006): row (channel, i, j) of the columns
 * holds, for each place of the output, the value under position (i, j) of the kernel.
 */
import { multiplySingleInto } from '../matmul-single/index.ts';
import { type ConvolutionSize, forEachGroup, forEachStrip, productOf, type WindowSize } from './sizes.ts';

/** y = w over the windows of x, plus a bias by channel. */
export function convolve(
  x: Float32Array,
  w: Float32Array,
  size: ConvolutionSize,
  bias: Float32Array | null,
  y: Float32Array,
): void {
  const { rows, depth, places } = productOf(size);
  for (let at = 0, c = 0; at < y.length; at += places, c = (c + 1) % size.outChannels) {
    y.fill(bias === null ? 0 : bias[c]!, at, at + places);
  }
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    forEachStrip(size, (from, to) => {
      const n = (to - from) * size.output[1];
      const columns = new Float32Array(depth * n);
      unfold(x, inputAt, columns, size, from, to);
      const c = { c: y, cOffset: outputAt + from * size.output[1], cStride: places };
      multiplySingleInto({ m: rows, n, k: depth, a: w, aOffset: weightAt, b: columns, ...c, isAdded: true });
    });
  });
}

/** x += the gradient of y sent back through w: the transpose of {@link convolve} in x. */
export function convolveBack(grad: Float32Array, w: Float32Array, size: ConvolutionSize, x: Float32Array): void {
  const { rows, depth, places } = productOf(size);
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    forEachStrip(size, (from, to) => {
      const n = (to - from) * size.output[1];
      const columns = new Float32Array(depth * n);
      const b = { b: grad, bOffset: outputAt + from * size.output[1], bStride: places };
      multiplySingleInto({ m: depth, n, k: rows, a: w, aOffset: weightAt, aTransposed: true, ...b, c: columns });
      fold(columns, x, inputAt, size, from, to);
    });
  });
}

/** w += the gradient of w, of x and the gradient of y. */
export function correlate(x: Float32Array, grad: Float32Array, size: ConvolutionSize, w: Float32Array): void {
  const { rows, depth, places } = productOf(size);
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    forEachStrip(size, (from, to) => {
      const k = (to - from) * size.output[1];
      const columns = new Float32Array(depth * k);
      unfold(x, inputAt, columns, size, from, to);
      const a = { a: grad, aOffset: outputAt + from * size.output[1], aStride: places };
      const c = { c: w, cOffset: weightAt, isAdded: true };
      multiplySingleInto({ m: rows, n: depth, k, ...a, b: columns, bTransposed: true, ...c });
    });
  });
}

/** Fills the columns of the lines `from .. to - 1` of the output, from the channels that begin at `start`. */
function unfold(
  x: Float32Array,
  start: number,
  columns: Float32Array,
  size: ConvolutionSize,
  from: number,
  to: number,
): void {
  forEachValue(size, from, to, (place, at) => {
    columns[at] = x[start + place]!;
  });
}

/** Adds the columns to where they came from: the transpose of {@link unfold}. */
function fold(
  columns: Float32Array,
  x: Float32Array,
  start: number,
  size: ConvolutionSize,
  from: number,
  to: number,
): void {
  forEachValue(size, from, to, (place, at) => {
    x[start + place]! += columns[at]!;
  });
}

/** Visits the values that windows see, line by line of the output: places in the image, and in the columns. */
function forEachValue(
  size: ConvolutionSize,
  from: number,
  to: number,
  visit: (place: number, at: number) => void,
): void {
  const { input, output, kernel, stride } = size;
  const length = (to - from) * output[1];
  for (let c = 0; c < size.channels / size.groups; c++) {
    for (let oy = from; oy < to; oy++) {
      for (let p = 0; p < kernel[0] * kernel[1]; p++) {
        const [y, left] = cornerOf(size, oy, p);
        if (y < 0 || y >= input[0]) continue;
        const at = (c * kernel[0] * kernel[1] + p) * length + (oy - from) * output[1];
        for (let ox = 0, column = left; ox < output[1]; ox++, column += stride[1]) {
          if (column >= 0 && column < input[1]) visit((c * input[0] + y) * input[1] + column, at + ox);
        }
      }
    }
  }
}

/** Line and first column of the image that position p of the kernel meets along a line of the output. */
function cornerOf({ kernel, stride, padding, dilation }: WindowSize, oy: number, p: number): [number, number] {
  const i = Math.floor(p / kernel[1]);
  const j = p % kernel[1];
  return [oy * stride[0] + i * dilation[0] - padding[0], j * dilation[1] - padding[1]];
}
