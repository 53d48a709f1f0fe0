/** The three products of a convolution, image by image and group by group: output, and gradients of input and weight. */
import { multiplySingleInto } from '../../kernels/index.ts';
import { foldInto, piecesOf, unfoldInto, type WindowSize } from './columns.ts';

export interface ConvolutionSize extends WindowSize {
  readonly images: number;
  readonly groups: number;
  /** Of all groups together. */
  readonly channels: number;
  readonly outChannels: number;
}

/** y (images, outChannels, ...output) of x (images, channels, ...input) and w (outChannels, channels / groups, ...kernel), plus a bias by channel. */
export function convolve(
  x: Float32Array,
  w: Float32Array,
  size: ConvolutionSize,
  bias: Float32Array | null = null,
): Float32Array {
  const { rows, depth, places } = productOf(size);
  const y = new Float32Array(size.images * size.outChannels * places);
  if (bias !== null) fillChannels(y, bias, places);
  const columns = new Float32Array(depth * places);
  const pieces = piecesOf(size);
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    unfoldInto(columns, x, inputAt, size.channels / size.groups, size, pieces);
    multiplySingleInto({
      m: rows,
      n: places,
      k: depth,
      a: w,
      aOffset: weightAt,
      b: columns,
      c: y,
      cOffset: outputAt,
      isAdded: bias !== null,
    });
  });
  return y;
}

/** Gradient of x, of the gradient of y: the transpose of {@link convolve} in x. */
export function convolveBack(grad: Float32Array, w: Float32Array, size: ConvolutionSize): Float32Array {
  const { rows, depth, places } = productOf(size);
  const x = new Float32Array(size.images * size.channels * size.input[0] * size.input[1]);
  const columns = new Float32Array(depth * places);
  const pieces = piecesOf(size);
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    const a = { a: w, aOffset: weightAt, aTransposed: true };
    multiplySingleInto({ m: depth, n: places, k: rows, ...a, b: grad, bOffset: outputAt, c: columns });
    foldInto(x, inputAt, columns, size.channels / size.groups, size, pieces);
  });
  return x;
}

/** Gradient of w, of x and the gradient of y. */
export function correlate(x: Float32Array, grad: Float32Array, size: ConvolutionSize): Float32Array {
  const { rows, depth, places } = productOf(size);
  const w = new Float32Array(size.outChannels * depth);
  const columns = new Float32Array(depth * places);
  const pieces = piecesOf(size);
  forEachGroup(size, ({ inputAt, weightAt, outputAt }) => {
    unfoldInto(columns, x, inputAt, size.channels / size.groups, size, pieces);
    const operands = { a: grad, aOffset: outputAt, b: columns, bTransposed: true, c: w, cOffset: weightAt };
    multiplySingleInto({ m: rows, n: depth, k: places, ...operands, isAdded: true });
  });
  return w;
}

/** The product of one group: (rows, depth) times (depth, places). */
function productOf({ channels, outChannels, groups, kernel, output }: ConvolutionSize) {
  return {
    rows: outChannels / groups,
    depth: (channels / groups) * kernel[0] * kernel[1],
    places: output[0] * output[1],
  };
}

/** Where in memory a group of channels of one image begins. */
interface GroupPlaces {
  readonly inputAt: number;
  readonly weightAt: number;
  readonly outputAt: number;
}

function forEachGroup(size: ConvolutionSize, visit: (places: GroupPlaces) => void): void {
  const { images, groups, channels, input } = size;
  const { rows, depth, places } = productOf(size);
  const inputLength = (channels / groups) * input[0] * input[1];
  for (let i = 0; i < images * groups; i++) {
    visit({ inputAt: i * inputLength, weightAt: (i % groups) * rows * depth, outputAt: i * rows * places });
  }
}

function fillChannels(images: Float32Array, values: Float32Array, places: number): void {
  for (let at = 0, c = 0; at < images.length; at += places, c = (c + 1) % values.length) {
    images.fill(values[c]!, at, at + places);
  }
}
