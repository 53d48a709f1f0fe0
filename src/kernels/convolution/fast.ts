/**
 * The products of a convolution in the arena: each image passes through it once, and its columns are made, packed and
 * multiplied there; the weight is packed once for all images.
 */
import { NO_DIAGONAL, PANEL_ROWS, type PanelExports } from '../matmul/blocked.ts';
import type { Placed } from '../matmul/placed.ts';
import { DEPTH } from '../matmul/product.ts';
import { FLOAT, type Layout, paddedExtent, withLayout } from './layout.ts';
import { type ConvolutionSize, forEachStrip, productOf } from './sizes.ts';
import type { WindowExports } from './window-exports.ts';

export interface ConvolutionKernels {
  readonly windows: WindowExports;
  readonly product: PanelExports;
}

/** y = w over the windows of x, plus a bias by channel. */
export function convolve(
  kernels: ConvolutionKernels,
  x: Float32Array,
  w: Float32Array,
  size: ConvolutionSize,
  bias: Float32Array | null,
  y: Float32Array,
): void {
  const { rows, depth, places } = productOf(size);
  withLayout(size, (at, floats) => {
    packWeight(kernels, w, { rows, k: depth, row: depth * FLOAT, column: FLOAT }, size, at, floats);
    floats.fill(0, at.bias / FLOAT, at.bias / FLOAT + size.outChannels);
    if (bias !== null) floats.set(bias, at.bias / FLOAT);
    for (let i = 0; i < size.images; i++) {
      const image = enter(kernels, x, i, size, at, floats);
      kernels.windows.fillRows(at.bias, size.outChannels, places, at.output);
      forEachPart(size, (group, from, to) => {
        unfold(kernels, image, group, from, to, size, at);
        const n = (to - from) * size.output[1];
        const b = { pointer: at.columns, row: n * FLOAT, column: FLOAT };
        const c = { pointer: at.output + (group * rows * places + from * size.output[1]) * FLOAT, row: places * FLOAT };
        multiplyWeight(kernels, { m: rows, n, k: depth }, group, b, c, true, at);
      });
      take(floats, at.output, y, i, size.outChannels * places);
    }
  });
}

/** x = the gradient of y sent back through w. */
export function convolveBack(
  kernels: ConvolutionKernels,
  grad: Float32Array,
  w: Float32Array,
  size: ConvolutionSize,
  x: Float32Array,
): void {
  const { rows, depth, places } = productOf(size);
  const [lines, line] = paddedExtent(size);
  withLayout(size, (at, floats) => {
    packWeight(kernels, w, { rows: depth, k: rows, row: FLOAT, column: depth * FLOAT }, size, at, floats);
    for (let i = 0; i < size.images; i++) {
      put(grad, i, size.outChannels * places, floats, at.output);
      floats.fill(0, at.padded / FLOAT, at.padded / FLOAT + size.channels * lines * line);
      forEachPart(size, (group, from, to) => {
        const n = (to - from) * size.output[1];
        const pointer = at.output + (group * rows * places + from * size.output[1]) * FLOAT;
        const c = { pointer: at.columns, row: n * FLOAT };
        const b = { pointer, row: places * FLOAT, column: FLOAT };
        multiplyWeight(kernels, { m: depth, n, k: rows }, group, b, c, false, at);
        kernels.windows.fold(...windowsOf(at.padded, group, from, to, size), at.columns);
      });
      kernels.windows.cut(at.padded, ...middleOf(size), at.image);
      take(floats, at.image, x, i, size.channels * size.input[0] * size.input[1]);
    }
  });
}

/** w = the gradient of the weight, of x and the gradient of y. */
export function correlate(
  kernels: ConvolutionKernels,
  x: Float32Array,
  grad: Float32Array,
  size: ConvolutionSize,
  w: Float32Array,
): void {
  const { rows, places } = productOf(size);
  withLayout(size, (at, floats) => {
    floats.fill(0, at.weight / FLOAT, at.weight / FLOAT + w.length);
    for (let i = 0; i < size.images; i++) {
      const image = enter(kernels, x, i, size, at, floats);
      put(grad, i, size.outChannels * places, floats, at.output);
      forEachPart(size, (group, from, to) => {
        unfold(kernels, image, group, from, to, size, at);
        const gradient = at.output + (group * rows * places + from * size.output[1]) * FLOAT;
        addOuter(kernels, group, gradient, (to - from) * size.output[1], size, at);
      });
    }
    w.set(floats.subarray(at.weight / FLOAT, at.weight / FLOAT + w.length));
  });
}

/** Brings image i into the arena; gives where its padded channels lie. */
function enter(
  { windows }: ConvolutionKernels,
  x: Float32Array,
  i: number,
  size: ConvolutionSize,
  at: Layout,
  floats: Float32Array,
): number {
  put(x, i, size.channels * size.input[0] * size.input[1], floats, at.image);
  if (size.padding[0] === 0 && size.padding[1] === 0) return at.image;
  windows.pad(at.image, ...middleOf(size), at.padded);
  return at.padded;
}

function unfold(
  { windows }: ConvolutionKernels,
  image: number,
  group: number,
  from: number,
  to: number,
  size: ConvolutionSize,
  at: Layout,
): void {
  windows.unfold(...windowsOf(image, group, from, to, size), at.columns);
}

/** Packs the weight of each group, as `rows` rows of k steps, block of steps by block of steps. */
function packWeight(
  { product }: ConvolutionKernels,
  w: Float32Array,
  {
    rows,
    k,
    row,
    column,
  }: { readonly rows: number; readonly k: number; readonly row: number; readonly column: number },
  { groups }: ConvolutionSize,
  at: Layout,
  floats: Float32Array,
): void {
  floats.set(w, at.weight / FLOAT);
  for (let group = 0; group < groups; group++) {
    const from = at.weight + ((group * w.length) / groups) * FLOAT;
    for (let s = 0; s < k; s += DEPTH) {
      const to = at.packedWeight + panelsBytes(rows) * (group * k + s);
      product.packRows(rows, Math.min(DEPTH, k - s), from + s * column, row, column, to);
    }
  }
}

/** C = the packed weight of a group times B, or C += that. */
function multiplyWeight(
  { product }: ConvolutionKernels,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  group: number,
  b: Placed,
  c: Omit<Placed, 'column'>,
  isAdded: boolean,
  at: Layout,
): void {
  for (let s = 0; s < k; s += DEPTH) {
    const deep = Math.min(DEPTH, k - s);
    product.packColumns(n, deep, b.pointer + s * b.row, b.row, b.column, at.packedColumns);
    const rows = at.packedWeight + panelsBytes(m) * (group * k + s);
    const isMore = isAdded || s > 0;
    product.multiplyPanels(m, n, deep, rows, at.packedColumns, c.pointer, c.row, isMore, NO_DIAGONAL, at.tile);
  }
}

/** Adds the product of a gradient (rows, k) and the columns, turned over, to the weight's gradient. */
function addOuter(
  { product }: ConvolutionKernels,
  group: number,
  gradient: number,
  k: number,
  size: ConvolutionSize,
  at: Layout,
): void {
  const { rows, depth, places } = productOf(size);
  const to = at.weight + group * rows * depth * FLOAT;
  for (let s = 0; s < k; s += DEPTH) {
    const deep = Math.min(DEPTH, k - s);
    product.packRows(rows, deep, gradient + s * FLOAT, places * FLOAT, FLOAT, at.packedRows);
    product.packColumns(depth, deep, at.columns + s * FLOAT, FLOAT, k * FLOAT, at.packedColumns);
    const row = depth * FLOAT;
    product.multiplyPanels(rows, depth, deep, at.packedRows, at.packedColumns, to, row, true, NO_DIAGONAL, at.tile);
  }
}

/** Bytes of one step of so many packed rows. */
function panelsBytes(rows: number): number {
  return PANEL_ROWS * Math.ceil(rows / PANEL_ROWS) * FLOAT;
}

/** Visits the groups of an image, and strip by strip of their output. */
function forEachPart(size: ConvolutionSize, visit: (group: number, from: number, to: number) => void): void {
  for (let group = 0; group < size.groups; group++) forEachStrip(size, (from, to) => visit(group, from, to));
}

/** What `pad` and `cut` take between their pointers. */
function middleOf(size: ConvolutionSize) {
  const { channels, input, padding } = size;
  return [channels, input[0], input[1], padding[0], padding[1], ...paddedExtent(size)] as const;
}

/** What `unfold` and `fold` take before the columns. */
function windowsOf(image: number, group: number, from: number, to: number, size: ConvolutionSize) {
  const { kernel, stride, dilation, output } = size;
  const channels = size.channels / size.groups;
  const [lines, line] = paddedExtent(size);
  const padded = image + group * channels * lines * line * FLOAT;
  return [padded, channels, lines, line, ...kernel, ...stride, ...dilation, from, to - from, output[1]] as const;
}

/** Copies item i, of `length` floats, into the arena. */
function put(items: Float32Array, i: number, length: number, floats: Float32Array, to: number): void {
  floats.set(items.subarray(i * length, (i + 1) * length), to / FLOAT);
}

/** Copies item i, of `length` floats, out of the arena. */
function take(floats: Float32Array, from: number, items: Float32Array, i: number, length: number): void {
  items.set(floats.subarray(from / FLOAT, from / FLOAT + length), i * length);
}
