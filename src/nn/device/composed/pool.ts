import { showShape, UnsupportedError } from '../../../errors/index.ts';
import type { WindowSize } from '../../../kernels/index.ts';
import type { Pair } from '../../ops/index.ts';
import type { Windows } from '../../ops/windows.ts';
import { type Device, record, type Tensor } from '../../tensor/index.ts';

export function maxPool(device: Device, x: Tensor, size: WindowSize): Tensor {
  return record('maxPool2d', device.maxPool(x, size), [x], [x], (grad, [x]) => [device.maxPoolBack(x, grad, size)]);
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

/** The size of adaptive windows that lie side by side. @throws UnsupportedError where they do not */
export function evenKernel(action: string, x: Tensor, rows: Windows, columns: Windows): Pair {
  const [height, width] = x.shape.slice(2) as [number, number];
  const counts = [rows.starts.length, columns.starts.length] as const;
  if (height % counts[0] === 0 && width % counts[1] === 0) return [height / counts[0], width / counts[1]];
  throw new UnsupportedError({
    action,
    rule: `the output must divide the image on ${x.device!.name}`,
    received: `${showShape(...x.shape)} for ${counts.join(' x ')}`,
  });
}
