import type { WindowSize } from '../../../kernels/index.ts';
import { avgPool2d, maxPool2d, type Pair } from '../../ops/index.ts';
import type { Windows } from '../../ops/windows.ts';
import { type Device, record, Tensor } from '../../tensor/index.ts';
import { maxPoolKernel } from '../kernels.ts';
import { adaptivePlaceKernel } from '../place-kernels.ts';
import { maxPoolBackKernel } from '../sum-kernels.ts';

/** The largest value of each window; where it stood, of equal ones the first, is found again for the gradient. */
export function maxPool(device: Device, x: Tensor, size: WindowSize): Tensor {
  const { shape } = x;
  const y = device.run(maxPoolKernel(shape, size, false), [x], [...shape.slice(0, 2), ...size.output]);
  return record('maxPool2d', y, [x], [x], (grad, [x]) => {
    const places = device.run(maxPoolKernel(shape, size, true), [x], grad.shape);
    return [device.run(maxPoolBackKernel(shape, size), [grad, places], shape)];
  });
}

/**
 * Means as a convolution with ones, channel by channel, times a share for each window.
 *
 * @param shares one over the number of values of each window
 */
export function meanPool(device: Device, x: Tensor, windows: WindowSize, shares: Float64Array): Tensor {
  const [images, channels] = x.shape as [number, number];
  const size = { ...windows, images, groups: channels, channels, outChannels: channels };
  const share = device.place(Float32Array.from(shares), windows.output);
  const ones = device.map('copy', [1], [channels, 1, ...windows.kernel]);
  const y = device.map('mul', [device.convolve(x, ones, size), share]);
  return record('avgPool2d', y, [x], [ones, share], (grad, [ones, share]) => [
    device.convolveBack(device.map('mul', [grad, share]), ones, size),
  ]);
}

/** Means of adaptive windows: the image between two matrices of shares, unless the windows lie side by side. */
export function adaptiveMeanPool(device: Device, x: Tensor, rows: Windows, columns: Windows): Tensor {
  const even = evenKernel(x, rows, columns);
  if (even !== null) return avgPool2d(x, even);
  const [height, width] = x.shape.slice(2) as [number, number];
  const [left, right] = [sharesOf(device, rows, height), sharesOf(device, columns, width)];
  const y = device.product(left, device.product(x, right, { bTransposed: true }));
  return record('adaptiveAvgPool2d', y, [x], [left, right], (grad, [left, right]) => [
    device.product(left, device.product(grad, right), { aTransposed: true }),
  ]);
}

/** The largest values of adaptive windows, gathered from their places unless the windows lie side by side. */
export function adaptiveMaxPool(device: Device, x: Tensor, rows: Windows, columns: Windows): Tensor {
  const even = evenKernel(x, rows, columns);
  if (even !== null) return maxPool2d(x, even);
  const { shape } = x;
  const [images, channels, height, width] = shape as [number, number, number, number];
  const output = [rows.starts.length, columns.starts.length] as const;
  const kernel = adaptivePlaceKernel(shape, output, [longest(rows), longest(columns)]);
  const places = device.run(kernel, [x], [images * channels, output[0] * output[1]]);
  const flat = new Tensor(x.storage, [images * channels, height * width]);
  const y = new Tensor(device.gather(flat, 1, places).storage, [images, channels, ...output]);
  return record('adaptiveMaxPool2d', y, [x], [places], (grad, [places]) => [
    new Tensor(device.scatter(new Tensor(grad.storage, places.shape), 1, places, height * width).storage, shape),
  ]);
}

/** The size of adaptive windows that lie side by side; null where they overlap. */
function evenKernel({ shape }: Tensor, rows: Windows, columns: Windows): Pair | null {
  const [height, width] = shape.slice(2) as [number, number];
  const [high, wide] = [height / rows.starts.length, width / columns.starts.length];
  return Number.isInteger(high) && Number.isInteger(wide) ? [high, wide] : null;
}

/** For each window a row that holds one over its length at its places, shape (windows, length). */
function sharesOf(device: Device, { starts, ends }: Windows, length: number): Tensor {
  const shares = new Float32Array(starts.length * length);
  starts.forEach((start, i) => {
    shares.fill(1 / (ends[i]! - start), i * length + start, i * length + ends[i]!);
  });
  return device.place(shares, [starts.length, length]);
}

function longest({ starts, ends }: Windows): number {
  return ends.reduce((most, end, i) => Math.max(most, end - starts[i]!), 0);
}
