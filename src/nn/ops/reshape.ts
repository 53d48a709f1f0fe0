/** Other shapes for the same values. All but `permute` and `transpose` share the memory of their argument. */
import { InvalidInputError, show } from '../../errors/index.ts';
import { axisOf, record, reducedAxisOf, refuse, type Shape, sizeOf, stridesOf, Tensor } from '../tensor/index.ts';

/**
 * The values in another shape, in the same order.
 *
 * @param shape the new lengths; one of them may be -1, for what is left
 * @throws InvalidInputError if the shape does not hold the same number of values
 *
 * @example
 * import { arange, reshape } from 'fitwise/nn';
 * reshape(arange(6), [2, -1]).toArray(); // [[0, 1, 2], [3, 4, 5]]
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (!Array.isArray(shape)) {
    const rule = 'the shape must be a list of whole numbers';
    throw new InvalidInputError({ action: 'reshape a tensor', rule, received: show(shape) });
  }
  const known = sizeOf(shape.filter(length => length !== -1));
  const full = shape.map(length => (length === -1 ? x.size / known : length));
  const isOpen = shape.filter(length => length === -1).length;
  if (isOpen > 1 || !full.every(length => Number.isInteger(length) && length >= 0) || sizeOf(full) !== x.size) {
    refuse('reshape a tensor', 'the new shape must hold as many values', x.shape, shape);
  }
  const from = x.shape;
  const y = new Tensor(x.storage, full);
  return record('reshape', y, [x], [], grad => [new Tensor(grad.storage, from)]);
}

/** Axes `first` to `last` as one. */
export function flatten(x: Tensor, first = 0, last = -1): Tensor {
  const action = 'flatten a tensor';
  const [from, to] = [reducedAxisOf(action, first, x.ndim), reducedAxisOf(action, last, x.ndim)];
  if (from > to) refuse(action, `axis ${first} must not lie behind axis ${last}`, x.shape);
  return reshape(x, [...x.shape.slice(0, from), sizeOf(x.shape.slice(from, to + 1)), ...x.shape.slice(to + 1)]);
}

/** A new axis of length 1 before the given one. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = axisOf('insert an axis', axis, x.ndim + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Without the given axis, if it has length 1; without all such axes where none is given. */
export function squeeze(x: Tensor, axis?: number): Tensor {
  const at = axis === undefined ? undefined : reducedAxisOf('drop an axis', axis, x.ndim);
  return reshape(
    x,
    x.shape.filter((length, i) => length !== 1 || (at !== undefined && at !== i)),
  );
}

/**
 * The axes in another order.
 *
 * @param order for each axis of the result, the axis of `x` that it is
 * @throws InvalidInputError if an axis is missing or named twice
 */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const action = 'permute a tensor';
  const axes = order.map(axis => axisOf(action, axis, x.ndim));
  if (new Set(axes).size !== x.ndim || axes.length !== x.ndim) {
    refuse(action, `the order must name each axis once, as [${order.join(', ')}] does not`, x.shape);
  }
  const inverse = axes.map((_, i) => axes.indexOf(i));
  return record('permute', permuted(x, axes), [x], [], grad => [permuted(grad, inverse)]);
}

/** Two axes exchanged: for a matrix, by default, its transpose. */
export function transpose(x: Tensor, first = -2, second = -1): Tensor {
  const action = 'transpose a tensor';
  const [a, b] = [reducedAxisOf(action, first, x.ndim), reducedAxisOf(action, second, x.ndim)];
  return permute(
    x,
    x.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

function permuted(x: Tensor, axes: readonly number[]): Tensor {
  if (x.device !== null) return x.device.permute(x, axes);
  const strides = stridesOf(x.shape);
  const out = new Float32Array(x.size);
  const shape = axes.map(axis => x.shape[axis]!);
  if (out.length > 0) {
    copyAxis(
      x.data,
      0,
      axes.map(axis => strides[axis]!),
      shape,
      0,
      out,
      0,
    );
  }
  return new Tensor(out, shape);
}

/** Neighbours from so many on are copied at once. */
const LONG = 64;

/** Copies what lies below one axis, and gives the place after it. */
function copyAxis(
  from: Float32Array,
  start: number,
  strides: readonly number[],
  shape: Shape,
  axis: number,
  out: Float32Array,
  at: number,
): number {
  if (axis === shape.length) {
    out[at] = from[start]!;
    return at + 1;
  }
  const [length, step] = [shape[axis]!, strides[axis]!];
  if (axis === shape.length - 1) {
    if (step === 1 && length >= LONG) out.set(from.subarray(start, start + length), at);
    else for (let i = 0, place = start; i < length; i++, place += step) out[at + i] = from[place]!;
    return at + length;
  }
  let next = at;
  for (let i = 0; i < length; i++) next = copyAxis(from, start + i * step, strides, shape, axis + 1, out, next);
  return next;
}
