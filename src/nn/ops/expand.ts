import {
  broadcastShapes,
  isSameShape,
  record,
  refuse,
  type Shape,
  sizeOf,
  stridesOf,
  Tensor,
} from '../tensor/index.ts';

/**
 * Repeats a tensor along missing axes and axes of length 1.
 *
 * @param shape what it must broadcast to
 * @throws InvalidInputError if it does not
 *
 * @example
 * import { expand, tensor } from 'fitwise/nn';
 * expand(tensor([1, 2]), [2, 2]).toArray(); // [[1, 2], [1, 2]]
 */
export function expand(x: Tensor, shape: Shape): Tensor {
  const action = 'expand a tensor';
  if (!isSameShape(broadcastShapes(action, x.shape, shape), shape)) {
    refuse(action, 'axes of length 1 alone can be repeated', x.shape, shape);
  }
  const { device } = x;
  const y = device?.map('copy', [x], shape) ?? new Tensor(expandedValues(x, shape).slice(), shape);
  return record('expand', y, [x], [], grad => [sumTo(grad, x.shape)]);
}

/** The values of a tensor as they lie in a shape that it broadcasts to; its own memory where the shape is its own. */
export function expandedValues(x: Tensor, shape: Shape): Float32Array {
  if (isSameShape(x.shape, shape)) return x.data;
  const out = new Float32Array(sizeOf(shape));
  if (x.size === 1) return out.fill(x.data[0]!);
  repeatInto(x.data, repeatedStrides(x.shape, shape), shape, out);
  return out;
}

/** Strides of a tensor in a larger shape: 0 along the axes that are repeated. */
function repeatedStrides(from: Shape, to: Shape): number[] {
  const missing = to.length - from.length;
  const strides = stridesOf(from);
  return to.map((length, axis) => (axis < missing || from[axis - missing] !== length ? 0 : strides[axis - missing]!));
}

function repeatInto(from: Float32Array, strides: readonly number[], shape: Shape, out: Float32Array): void {
  const last = shape.length - 1;
  const [length, step] = [shape[last]!, strides[last]!];
  const index = new Int32Array(last);
  let start = 0;
  for (let at = 0; at < out.length; at += length) {
    if (step === 0) out.fill(from[start]!, at, at + length);
    else for (let i = 0; i < length; i++) out[at + i] = from[start + i]!;
    start += advance(index, strides, shape);
  }
}

/** Counts a multi-index (all axes but the last) up by one, and gives the way in memory. */
function advance(index: Int32Array, strides: readonly number[], shape: Shape): number {
  let way = 0;
  for (let axis = index.length - 1; axis >= 0; axis--) {
    way += strides[axis]!;
    if (++index[axis]! < shape[axis]!) return way;
    way -= shape[axis]! * strides[axis]!;
    index[axis] = 0;
  }
  return way;
}

/** Adds up a gradient along the axes that had been repeated: the transpose of {@link expand}. */
export function sumTo(grad: Tensor, shape: Shape): Tensor {
  if (isSameShape(grad.shape, shape)) return grad;
  if (grad.device !== null) return grad.device.fold('sum', grad, shape);
  const strides = repeatedStrides(shape, grad.shape);
  const totals = new Float64Array(sizeOf(shape));
  addRepeated(grad.data, strides, grad.shape, totals);
  return new Tensor(Float32Array.from(totals), shape);
}

function addRepeated(from: Float32Array, strides: readonly number[], shape: Shape, totals: Float64Array): void {
  const last = shape.length - 1;
  const [length, step] = [shape[last]!, strides[last]!];
  const index = new Int32Array(last);
  let start = 0;
  for (let at = 0; at < from.length; at += length) {
    if (step === 0) totals[start]! += sumOf(from, at, at + length);
    else for (let i = 0; i < length; i++) totals[start + i]! += from[at + i]!;
    start += advance(index, strides, shape);
  }
}

function sumOf(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}
