/** The largest or the mean value of each window of an image. */
import { poolByFourBackInto, poolByFourInto, type WindowSize } from '../../kernels/index.ts';
import { record, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';
import { reshape } from './reshape.ts';
import { type Pair, pairOf } from './sizes.ts';
import { adaptiveWindows, slidingWindows, type Windows } from './windows.ts';

export interface PoolOptions<Size = Pair> {
  /** Steps of the windows. Default: the kernel's size. */
  readonly stride?: Size;
  /** Rows and columns added on each side, which are never the largest and count as 0 in means. Default 0. */
  readonly padding?: Size;
  /** Whether a last, incomplete window counts. Default false. */
  readonly ceilMode?: boolean;
}

export interface MaxPoolOptions<Size = Pair> extends PoolOptions<Size> {
  /** Steps within a window. Default 1. */
  readonly dilation?: Size;
}

export interface AvgPoolOptions<Size = Pair> extends PoolOptions<Size> {
  /** Whether padding counts where the mean divides by the number of values. Default true. */
  readonly countIncludePad?: boolean;
}

/**
 * The largest value of each window; -Infinity where a dilated one steps over the whole image.
 *
 * @param x shape (N, C, H, W)
 * @returns shape (N, C, H', W') with H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 *
 * @example
 * import { maxPool2d, tensor } from 'fitwise/nn';
 * maxPool2d(tensor([[[[1, 2], [3, 4]]]]), 2).toArray(); // [[[[4]]]]
 */
export function maxPool2d(x: Tensor, kernelSize: Pair, options: MaxPoolOptions = {}): Tensor {
  const action = 'pool by maximum';
  const { rows, columns, size } = slidingPair(action, x.shape, kernelSize, options);
  return x.device === null ? pickLargest('maxPool2d', x, rows, columns) : x.device.composed.maxPool(x.device, x, size);
}

/** {@link maxPool2d} of signals: (N, C, L) to (N, C, L'). */
export function maxPool1d(x: Tensor, kernelSize: number, options: MaxPoolOptions<number> = {}): Tensor {
  return asSignals(
    maxPool2d(asImages('pool by maximum', x), [1, kernelSize], {
      ...alongWidth(options),
      dilation: [1, options.dilation ?? 1],
    }),
  );
}

/**
 * The mean value of each window.
 *
 * @param x shape (N, C, H, W)
 * @returns shape (N, C, H', W') with H' = floor((H + 2 padding - kernel) / stride) + 1
 */
export function avgPool2d(x: Tensor, kernelSize: Pair, options: AvgPoolOptions = {}): Tensor {
  const action = 'pool by mean';
  const { rows, columns, size } = slidingPair(action, x.shape, kernelSize, options);
  const countsPadding = options.countIncludePad ?? true;
  if (x.device !== null) return x.device.composed.meanPool(x.device, x, size, sharesOf(rows, columns, countsPadding));
  return average('avgPool2d', x, rows, columns, countsPadding);
}

/** {@link avgPool2d} of signals: (N, C, L) to (N, C, L'). */
export function avgPool1d(x: Tensor, kernelSize: number, options: AvgPoolOptions<number> = {}): Tensor {
  const { countIncludePad = true } = options;
  return asSignals(
    avgPool2d(asImages('pool by mean', x), [1, kernelSize], { ...alongWidth(options), countIncludePad }),
  );
}

/** The means of as many windows as the output has places: (N, C, H, W) to (N, C, ...outputSize). */
export function adaptiveAvgPool2d(x: Tensor, outputSize: Pair): Tensor {
  const [rows, columns] = adaptivePair('pool by mean', x.shape, outputSize);
  if (x.device !== null) return x.device.composed.adaptiveMeanPool(x.device, x, rows, columns);
  return average('adaptiveAvgPool2d', x, rows, columns, false);
}

/** The largest values of as many windows as the output has places: (N, C, H, W) to (N, C, ...outputSize). */
export function adaptiveMaxPool2d(x: Tensor, outputSize: Pair): Tensor {
  const [rows, columns] = adaptivePair('pool by maximum', x.shape, outputSize);
  if (x.device !== null) return x.device.composed.adaptiveMaxPool(x.device, x, rows, columns);
  return pickLargest('adaptiveMaxPool2d', x, rows, columns);
}

/** {@link adaptiveAvgPool2d} of signals: (N, C, L) to (N, C, outputSize). */
export function adaptiveAvgPool1d(x: Tensor, outputSize: number): Tensor {
  return asSignals(adaptiveAvgPool2d(asImages('pool by mean', x), [1, outputSize]));
}

/** {@link adaptiveMaxPool2d} of signals: (N, C, L) to (N, C, outputSize). */
export function adaptiveMaxPool1d(x: Tensor, outputSize: number): Tensor {
  return asSignals(adaptiveMaxPool2d(asImages('pool by maximum', x), [1, outputSize]));
}

/** The largest value of each window; of equal ones the first gets the gradient, and NaN is above all. */
function pickLargest(name: string, x: Tensor, rows: Windows, columns: Windows): Tensor {
  const [n, c] = x.shape as [number, number];
  const outShape = [n, c, rows.starts.length, columns.starts.length];
  if (isHalving(rows, x.shape[2]!) && isHalving(columns, x.shape[3]!)) return pickLargestOfFour(name, x, outShape);
  const places = new Int32Array(sizeOf(outShape));
  const y = new Tensor(new Float32Array(places.length), outShape);
  findLargest(x, rows, columns, places, y.data);
  const { size, shape } = x;
  return record(name, y, [x], [], grad => {
    const back = new Float32Array(size);
    for (let i = 0; i < places.length; i++) if (places[i] !== NOWHERE) back[places[i]!]! += grad.data[i]!;
    return [new Tensor(back, shape)];
  });
}

/** The place of the largest value of a window that covers nothing, which is -Infinity then. */
const NOWHERE = -1;

function findLargest(
  { data, shape }: Tensor,
  rows: Windows,
  columns: Windows,
  places: Int32Array,
  out: Float32Array,
): void {
  const [n, c, height, width] = shape as [number, number, number, number];
  for (let image = 0, at = 0; image < n * c; image++) {
    const start = image * height * width;
    for (let i = 0; i < rows.starts.length; i++) {
      for (let j = 0; j < columns.starts.length; j++, at++) {
        places[at] = largestPlace(data, start, width, rows, i, columns, j);
        out[at] = data[places[at]!] ?? -Infinity;
      }
    }
  }
}

/** Whether the windows are all pairs 0 and 1, 2 and 3, ... of an axis. */
function isHalving({ starts, ends, step }: Windows, length: number): boolean {
  const isPair = (start: number, i: number) => start === 2 * i && ends[i] === start + 2;
  return step === 1 && starts.length === length >> 1 && starts.every(isPair);
}

/** {@link pickLargest} for windows of 2 x 2 side by side: where the largest values stood is found again for the gradient. */
function pickLargestOfFour(name: string, x: Tensor, outShape: Shape): Tensor {
  const [height, width] = x.shape.slice(2) as [number, number];
  const y = new Tensor(new Float32Array(sizeOf(outShape)), outShape);
  poolByFourInto(x.data, { height, width }, y.data);
  return record(name, y, [x], [x], (grad, [x]) => {
    const back = new Float32Array(x.size);
    poolByFourBackInto(x.data, grad.data, { height, width }, back);
    return [x.like(back)];
  });
}

function largestPlace(
  data: Float32Array,
  start: number,
  width: number,
  rows: Windows,
  i: number,
  columns: Windows,
  j: number,
): number {
  const [left, right] = [columns.starts[j]!, columns.ends[j]!];
  if (rows.starts[i]! >= rows.ends[i]! || left >= right) return NOWHERE;
  let best = start + rows.starts[i]! * width + left;
  let top = data[best]!;
  for (let y = rows.starts[i]!; y < rows.ends[i]!; y += rows.step) {
    for (let x = left; x < right; x += columns.step) {
      const value = data[start + y * width + x]!;
      if (value > top || Number.isNaN(value)) {
        top = value;
        best = start + y * width + x;
      }
    }
  }
  return best;
}

function average(name: string, x: Tensor, rows: Windows, columns: Windows, countsPadding: boolean): Tensor {
  const [n, c, height, width] = x.shape as [number, number, number, number];
  const shares = sharesOf(rows, columns, countsPadding);
  const y = new Tensor(new Float32Array(n * c * shares.length), [n, c, rows.starts.length, columns.starts.length]);
  forEachWindow(n * c, height * width, width, rows, columns, (at, place, line, lines) => {
    let total = 0;
    for (let k = 0; k < lines; k++) for (let i = 0; i < line; i++) total += x.data[place + k * width + i]!;
    y.data[at] = total * shares[at % shares.length]!;
  });
  const { size, shape } = x;
  return record(name, y, [x], [], grad => {
    const back = new Float32Array(size);
    forEachWindow(n * c, height * width, width, rows, columns, (at, place, line, lines) => {
      const part = grad.data[at]! * shares[at % shares.length]!;
      for (let k = 0; k < lines; k++) for (let i = 0; i < line; i++) back[place + k * width + i]! += part;
    });
    return [new Tensor(back, shape)];
  });
}

/** One over the number of values of each window. */
function sharesOf(rows: Windows, columns: Windows, countsPadding: boolean): Float64Array {
  const lengths = ({ starts, ends, spans }: Windows) =>
    countsPadding ? spans : ends.map((end, i) => end - starts[i]!);
  const [high, wide] = [lengths(rows), lengths(columns)];
  return Float64Array.from({ length: high.length * wide.length }, (_, at) => {
    return 1 / (high[Math.floor(at / wide.length)]! * wide[at % wide.length]!);
  });
}

/** Visits the windows of all images: the place of a window in the output, where it begins, and its size. */
function forEachWindow(
  images: number,
  imageLength: number,
  width: number,
  rows: Windows,
  columns: Windows,
  visit: (at: number, place: number, line: number, lines: number) => void,
): void {
  for (let image = 0, at = 0; image < images; image++) {
    for (let i = 0; i < rows.starts.length; i++) {
      for (let j = 0; j < columns.starts.length; j++, at++) {
        const place = image * imageLength + rows.starts[i]! * width + columns.starts[j]!;
        visit(at, place, columns.ends[j]! - columns.starts[j]!, rows.ends[i]! - rows.starts[i]!);
      }
    }
  }
}

function slidingPair(action: string, shape: Shape, kernelSize: Pair, options: MaxPoolOptions) {
  checkImages(action, shape);
  const kernel = pairOf(action, 'kernelSize', kernelSize, 1);
  const stride = pairOf(action, 'stride', options.stride ?? kernelSize, 1);
  const padding = pairOf(action, 'padding', options.padding ?? 0, 0);
  const dilation = pairOf(action, 'dilation', options.dilation ?? 1, 1);
  const { ceilMode = false } = options;
  const along = (i: 0 | 1) => {
    const sizes = { kernel: kernel[i], stride: stride[i], padding: padding[i], dilation: dilation[i], ceilMode };
    return slidingWindows(action, shape[2 + i]!, sizes);
  };
  const [rows, columns] = [along(0), along(1)];
  const output = [rows.starts.length, columns.starts.length] as const;
  const input = [shape[2]!, shape[3]!] as const;
  return { rows, columns, size: { input, output, kernel, stride, padding, dilation } satisfies WindowSize };
}

function adaptivePair(action: string, shape: Shape, outputSize: Pair): [Windows, Windows] {
  checkImages(action, shape);
  const [height, width] = pairOf(action, 'outputSize', outputSize, 1);
  return [adaptiveWindows(shape[2]!, height), adaptiveWindows(shape[3]!, width)];
}

function checkImages(action: string, shape: Shape): void {
  if (shape.length !== 4) refuse(action, 'x must have four axes (N, C, H, W)', shape);
}

/** Signals (N, C, L) as images of height 1. */
function asImages(action: string, x: Tensor): Tensor {
  if (x.ndim !== 3) refuse(action, 'x must have three axes (N, C, L)', x.shape);
  return reshape(x, [x.shape[0]!, x.shape[1]!, 1, x.shape[2]!]);
}

function asSignals(y: Tensor): Tensor {
  return reshape(y, [y.shape[0]!, y.shape[1]!, y.shape[3]!]);
}

function alongWidth({ stride, padding = 0, ceilMode = false }: PoolOptions<number>): PoolOptions {
  return { ...(stride === undefined ? {} : { stride: [1, stride] as const }), padding: [0, padding], ceilMode };
}
