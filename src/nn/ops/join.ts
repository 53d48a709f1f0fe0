/** Tensors laid end to end, and taken apart again. */
import { InvalidInputError, show } from '../../errors/index.ts';
import {
  type AxisView,
  alongAxis,
  axisOf,
  deviceOf,
  record,
  refuse,
  type Shape,
  sizeOf,
  Tensor,
} from '../tensor/index.ts';
import { unsqueeze } from './reshape.ts';

/**
 * Tensors one behind the other along an axis.
 *
 * @throws InvalidInputError if there are none, or if they differ in length along another axis
 *
 * @example
 * import { cat, tensor } from 'fitwise/nn';
 * cat([tensor([[1], [2]]), tensor([[3], [4]])], 1).toArray(); // [[1, 3], [2, 4]]
 */
export function cat(tensors: readonly Tensor[], axis = 0): Tensor {
  const action = 'concatenate tensors';
  const [first] = checkList(action, tensors);
  const along = axisOf(action, axis, first.ndim);
  const rest = (shape: Shape) => shape.toSpliced(along, 1).join();
  const odd = tensors.find(other => other.ndim !== first.ndim || rest(other.shape) !== rest(first.shape));
  if (odd) refuse(action, `the shapes must be equal but for axis ${along}`, first.shape, odd.shape);
  const lengths = tensors.map(({ shape }) => shape[along]!);
  const shape = first.shape.with(
    along,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  const device = deviceOf(action, ...tensors);
  const y =
    device === null ? laidEndToEnd(tensors, along, shape) : device.composed.laidEndToEnd(device, tensors, along, shape);
  return record('cat', y, tensors, [], grad => partsOf(grad, along, lengths));
}

function checkList(action: string, tensors: readonly Tensor[]): readonly [Tensor, ...Tensor[]] {
  const stray = Array.isArray(tensors) ? tensors.find(part => !(part instanceof Tensor)) : tensors;
  if (stray !== undefined) {
    throw new InvalidInputError({ action, rule: 'they must be a list of tensors', received: show(stray) });
  }
  if (tensors.length > 0) return tensors as unknown as readonly [Tensor, ...Tensor[]];
  throw new InvalidInputError({ action, rule: 'there must be one', received: 'none' });
}

function laidEndToEnd(tensors: readonly Tensor[], axis: number, shape: Shape): Tensor {
  const y = new Tensor(new Float32Array(sizeOf(shape)), shape);
  const view = alongAxis(shape, axis);
  let start = 0;
  for (const { data, shape } of tensors) {
    copyPart(data, y.data, view, start, shape[axis]!, 'in');
    start += shape[axis]!;
  }
  return y;
}

/**
 * Tensors of one shape side by side along a new axis.
 *
 * @throws InvalidInputError if there are none, or if they differ in shape
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  checkList('stack tensors', tensors);
  return cat(
    tensors.map(x => unsqueeze(x, axis)),
    axis,
  );
}

/**
 * Consecutive parts along an axis: of `size` each (the last may be smaller), or of the sizes given.
 *
 * @throws InvalidInputError if a size is no whole number, or the sizes do not add up to the length of the axis
 */
export function split(x: Tensor, size: number | readonly number[], axis = 0): Tensor[] {
  const action = 'split a tensor';
  const along = axisOf(action, axis, x.ndim);
  const length = x.shape[along]!;
  const sizes = Array.isArray(size) ? (size as readonly number[]) : evenSizes(action, length, size as number);
  if (sizes.reduce((sum, part) => sum + part, 0) !== length) {
    refuse(action, `the sizes [${sizes.join(', ')}] must add up to the length of axis ${along}`, x.shape);
  }
  let start = 0;
  return sizes.map(part => {
    start += part;
    return narrow(x, along, start - part, part);
  });
}

/**
 * `length` indices of an axis from `start` on; a negative start counts from the back.
 *
 * @throws InvalidInputError if they do not lie within the axis
 */
export function narrow(x: Tensor, axis: number, start: number, length: number): Tensor {
  const action = 'narrow a tensor';
  const along = axisOf(action, axis, x.ndim);
  const first = start < 0 ? start + x.shape[along]! : start;
  const isWithin = [first, length].every(count => Number.isInteger(count) && count >= 0);
  if (!isWithin || first + length > x.shape[along]!) {
    refuse(action, `${length} indices from ${start} on must lie within axis ${along}`, x.shape);
  }
  const view = alongAxis(x.shape, along);
  const from = x.shape;
  const y = part(x, along, view, first, length);
  return record('narrow', y, [x], [], grad => {
    if (grad.device !== null) return [grad.device.pad(grad, { axis: along, start: first, length, whole: view.length })];
    const back = new Float32Array(view.outer * view.length * view.inner);
    copyPart(grad.data, back, view, first, length, 'in');
    return [new Tensor(back, from)];
  });
}

/** An empty axis is one empty part, as in torch. */
function evenSizes(action: string, length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < Math.min(1, length)) {
    throw new InvalidInputError({ action, rule: 'the size must be a whole number >= 1', received: show(size) });
  }
  const count = length === 0 ? 1 : Math.ceil(length / size);
  return Array.from({ length: count }, (_, i) => Math.min(size, length - i * size));
}

function partsOf(x: Tensor, axis: number, lengths: readonly number[]): Tensor[] {
  const view = alongAxis(x.shape, axis);
  let start = 0;
  return lengths.map(length => {
    start += length;
    return part(x, axis, view, start - length, length);
  });
}

function part(x: Tensor, axis: number, view: AxisView, start: number, length: number): Tensor {
  if (x.device !== null) return x.device.cut(x, { axis, start, length, whole: view.length });
  const out = new Float32Array(view.outer * length * view.inner);
  copyPart(out, x.data, view, start, length, 'out');
  return new Tensor(out, x.shape.with(axis, length));
}

/** Copies between a tensor and a dense part of it: `length` indices of the axis from `start` on. */
function copyPart(
  partial: Float32Array,
  whole: Float32Array,
  { outer, length: full, inner }: AxisView,
  start: number,
  length: number,
  direction: 'in' | 'out',
): void {
  const [width, step] = [length * inner, full * inner];
  for (let i = 0; i < outer; i++) {
    const at = i * step + start * inner;
    if (direction === 'in') whole.set(partial.subarray(i * width, (i + 1) * width), at);
    else partial.set(whole.subarray(at, at + width), i * width);
  }
}
