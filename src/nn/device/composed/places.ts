import { gather as gatherFrom, mul, narrow, reshape, squeeze, unsqueeze, where } from '../../ops/index.ts';
import { alongAxis, beside, type Device, record, type Shape, type Tensor } from '../../tensor/index.ts';
import { joinKernel } from '../kernels.ts';

/** Values at indices, which have been checked, along an axis. */
export function gather(device: Device, x: Tensor, axis: number, indices: Tensor): Tensor {
  const length = x.shape[axis]!;
  const lines = indices.shape.reduce((part, count, i) => (i === axis ? part : narrow(part, i, 0, count)), x);
  const places = indices.to(device);
  return record('gather', device.gather(lines, axis, places), [lines], [places], (grad, [places]) => [
    device.scatter(grad, axis, places, length),
  ]);
}

/**
 * Whole slices along an axis at positions, which have been checked.
 *
 * @param paddingIndex a position whose slice gets no gradient
 */
export function slices(device: Device, x: Tensor, axis: number, positions: Int32Array, paddingIndex = -1): Tensor {
  const length = x.shape[axis]!;
  const shape = x.shape.with(axis, positions.length);
  const inEach = (values: ArrayLike<number>) => {
    const line = x.shape.map((_, i) => (i === axis ? values.length : 1));
    return device.map('copy', [device.place(Float32Array.from(values), line)], shape);
  };
  const places = inEach(positions);
  // No slice has number -1.
  const returns = inEach(positions.map(position => (position === paddingIndex ? -1 : position)));
  return record('indexSelect', device.gather(x, axis, places), [x], [returns], (grad, [returns]) => [
    device.scatter(grad, axis, returns, length),
  ]);
}

/** Rows of a table by their numbers, in the shape of these. */
export function embedding(
  device: Device,
  weight: Tensor,
  rows: Int32Array,
  shape: Shape,
  paddingIndex: number,
): Tensor {
  return reshape(slices(device, weight, 0, rows, paddingIndex), [...shape, weight.shape[1]!]);
}

/** The value of each sample's class, times its weight and a factor; 0 where the weight is, whatever the value. */
export function picked(x: Tensor, classes: Tensor, weights: Float32Array, factor: number): Tensor {
  const values = squeeze(gatherFrom(x, 1, unsqueeze(classes, 1)), 1);
  const weight = beside(x, classes.like(weights));
  return where(weight, mul(mul(values, weight), factor), 0);
}

/** Tensors one behind the other along an axis, off the tape. */
export function laidEndToEnd(device: Device, tensors: readonly Tensor[], axis: number, shape: Shape): Tensor {
  const view = alongAxis(shape, axis);
  // By halves, so that values are copied as often as the count can be halved, and equal parts need few kernels.
  const joined = (parts: readonly Tensor[]): Tensor => {
    if (parts.length === 1) return parts[0]!;
    const middle = parts.length >> 1;
    const [a, b] = [joined(parts.slice(0, middle)), joined(parts.slice(middle))];
    const [first, second] = [a.shape[axis]!, b.shape[axis]!];
    return device.run(joinKernel(view, first, second), [a, b], shape.with(axis, first + second));
  };
  return tensors.length === 1 ? device.map('copy', tensors) : joined(tensors);
}
