import type { Updates } from '../../optimizers/index.ts';
import { type Device, Tensor } from '../../tensor/index.ts';

/** All updates scaled down so that the norm of all of them together is at most `maxNorm`; the norm stays on the device. */
export function heldByNorm(device: Device, updates: Updates, maxNorm: number): Updates {
  const tensors = updates.filter(update => update instanceof Tensor);
  const squares = tensors.map(update => device.fold('sum', device.map('square', [update]), []));
  const total = squares.reduce((sum, part) => device.map('add', [sum, part]));
  const factor = device.map('clipFactor', [total, maxNorm]);
  return updates.map(update => (update instanceof Tensor ? device.map('mul', [update, factor]) : update));
}
