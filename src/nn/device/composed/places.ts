import { showShape, UnsupportedError } from '../../../errors/index.ts';
import { gather as gatherFrom, mul, squeeze, unsqueeze, where } from '../../ops/index.ts';
import { beside, type Device, record, type Shape, type Tensor } from '../../tensor/index.ts';

/** Values at indices, which have been checked, along an axis. @throws UnsupportedError if they leave any line of x out */
export function gather(device: Device, x: Tensor, axis: number, indices: Tensor): Tensor {
  const length = x.shape[axis]!;
  if (indices.shape.some((count, i) => i !== axis && count !== x.shape[i])) {
    const rule = `the indices must be as long as x along every axis but ${axis} on ${device.name}`;
    throw new UnsupportedError({ action: 'gather from a tensor', rule, received: showShape(...indices.shape) });
  }
  const places = indices.to(device);
  return record('gather', device.gather(x, axis, places), [x], [places], (grad, [places]) => [
    device.scatter(grad, axis, places, length),
  ]);
}

/** The value of each sample's class, times its weight and a factor; 0 where the weight is, whatever the value. */
export function picked(x: Tensor, classes: Tensor, weights: Float32Array, factor: number): Tensor {
  const values = squeeze(gatherFrom(x, 1, unsqueeze(classes, 1)), 1);
  const weight = beside(x, classes.like(weights));
  return where(weight, mul(mul(values, weight), factor), 0);
}

/** Tensors one behind the other along an axis, off the tape. */
export function laidEndToEnd(device: Device, tensors: readonly Tensor[], axis: number, shape: Shape): Tensor {
  let start = 0;
  const padded = tensors.map(x => {
    const length = x.shape[axis]!;
    start += length;
    return device.pad(x, { axis, start: start - length, length, whole: shape[axis]! });
  });
  return padded.reduce((sum, part) => device.map('add', [sum, part]));
}
