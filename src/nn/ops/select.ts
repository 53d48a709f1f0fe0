/** Values picked by position or by condition. */
import { InvalidInputError, show } from '../../errors/index.ts';
import {
  type AxisView,
  alongAxis,
  axisOf,
  broadcastShapes,
  deviceOf,
  inMemory,
  record,
  refuse,
  Tensor,
} from '../tensor/index.ts';
import { asTensor, combine, type Operand } from './arithmetic.ts';
import { expandedValues, sumTo } from './expand.ts';
import { narrow } from './join.ts';
import { reshape } from './reshape.ts';

/**
 * One index of an axis, which is dropped; negative ones count from the back.
 *
 * @throws InvalidInputError if the axis has no such index
 */
export function select(x: Tensor, axis: number, index: number): Tensor {
  const action = 'select from a tensor';
  const along = axisOf(action, axis, x.ndim);
  const length = x.shape[along]!;
  if (!Number.isInteger(index) || index < -length || index >= length) {
    refuse(action, `index ${show(index)} must be a whole number that lies within axis ${along}`, x.shape);
  }
  return reshape(narrow(x, along, index, 1), x.shape.toSpliced(along, 1));
}

/**
 * Whole slices of an axis, at the given positions.
 *
 * @param indices whole numbers, one axis or a single one
 * @throws InvalidInputError if one lies outside the axis
 *
 * @example
 * import { indexSelect, tensor } from 'fitwise/nn';
 * indexSelect(tensor([[1, 2], [3, 4], [5, 6]]), 0, tensor([2, 0])).toArray(); // [[5, 6], [1, 2]]
 */
export function indexSelect(x: Tensor, axis: number, indices: Tensor): Tensor {
  const action = 'select from a tensor';
  const along = axisOf(action, axis, x.ndim);
  if (indices.ndim > 1) refuse(action, 'the indices must have one axis', indices.shape);
  const places = checkIndices(action, indices, x.shape[along]!);
  if (x.device !== null) return x.device.composed.slices(x.device, x, along, places);
  const view = alongAxis(x.shape, along);
  const from = x.shape;
  const y = new Tensor(takeSlices(x.data, view, places), x.shape.with(along, places.length));
  return record('indexSelect', y, [x], [], grad => [new Tensor(addSlices(grad.data, view, places), from)]);
}

/**
 * One value for each position of `indices`: y[i][j] = x[indices[i][j]][j] for axis 0, and so on.
 *
 * @param indices whole numbers; as long as x at most along every axis but the given one
 * @throws InvalidInputError if a shape or an index does not fit
 *
 * @example
 * import { gather, tensor } from 'fitwise/nn';
 * gather(tensor([[1, 2], [3, 4]]), 1, tensor([[1], [0]])).toArray(); // [[2], [3]]
 */
export function gather(x: Tensor, axis: number, indices: Tensor): Tensor {
  const action = 'gather from a tensor';
  const along = axisOf(action, axis, x.ndim);
  const fits = indices.ndim === x.ndim && indices.shape.every((length, i) => i === along || length <= x.shape[i]!);
  if (!fits) refuse(action, `the indices must fit into x along every axis but ${along}`, indices.shape, x.shape);
  const checked = checkIndices(action, indices, x.shape[along]!);
  if (x.device !== null) return x.device.composed.gather(x.device, x, along, indices);
  const places = gatheredPlaces(checked, indices.shape, x.shape, along);
  const y = new Tensor(
    Float32Array.from(places, at => x.data[at]!),
    indices.shape,
  );
  const [size, from] = [x.size, x.shape];
  return record('gather', y, [x], [], grad => {
    const back = new Float32Array(size);
    for (let i = 0; i < places.length; i++) back[places[i]!]! += grad.data[i]!;
    return [new Tensor(back, from)];
  });
}

/** a where the condition is not 0, b elsewhere; all three broadcast. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  const action = 'choose between tensors';
  const [x, y] = [asTensor(a), asTensor(b)];
  const shape = broadcastShapes(action, condition.shape, broadcastShapes(action, x.shape, y.shape));
  const device = deviceOf(action, condition, x, y);
  if (device !== null) return device.composed.choose(device, condition, x, y, shape);
  const [mask, left, right] = [condition, x, y].map(t => expandedValues(t, shape)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const out = new Tensor(
    mask.map((value, i) => (value !== 0 ? left[i]! : right[i]!)),
    shape,
  );
  const [shapeX, shapeY] = [x.shape, y.shape];
  return record('where', out, [x, y], [], (grad, _, [needsX, needsY]) => [
    needsX ? sumTo(grad.like(grad.data.map((value, i) => (mask[i] !== 0 ? value : 0))), shapeX) : null,
    needsY ? sumTo(grad.like(grad.data.map((value, i) => (mask[i] !== 0 ? 0 : value))), shapeY) : null,
  ]);
}

/** 1 where a = b, 0 elsewhere. */
export function equal(a: Operand, b: Operand): Tensor {
  return compare('equal', a, b, (x, y) => x === y);
}

/** 1 where a > b, 0 elsewhere. */
export function greater(a: Operand, b: Operand): Tensor {
  return compare('greater', a, b, (x, y) => x > y);
}

/** 1 where a >= b, 0 elsewhere. */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return compare('greaterEqual', a, b, (x, y) => x >= y);
}

/** 1 where a < b, 0 elsewhere. */
export function less(a: Operand, b: Operand): Tensor {
  return compare('greater', b, a, (x, y) => x > y);
}

/** 1 where a <= b, 0 elsewhere. */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return compare('greaterEqual', b, a, (x, y) => x >= y);
}

function compare(name: string, a: Operand, b: Operand, holds: (x: number, y: number) => boolean): Tensor {
  return combine('compare tensors', name, a, b, (left, right, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Number(holds(left[i]!, right[i]!));
  }).out;
}

/**
 * Indices as integers.
 *
 * @throws InvalidInputError if one is not a whole number in [0, length)
 */
export function checkIndices(action: string, indices: Tensor, length: number): Int32Array {
  const { data } = inMemory(`check the indices to ${action}`, indices);
  const places = Int32Array.from(data);
  const wrong = places.findIndex((place, i) => place !== data[i] || place < 0 || place >= length);
  if (wrong >= 0) {
    const rule = `every index must be a whole number from 0 to ${length - 1}`;
    throw new InvalidInputError({ action, rule, received: show(data[wrong]) });
  }
  return places;
}

function takeSlices(data: Float32Array, { outer, length, inner }: AxisView, places: Int32Array): Float32Array {
  const out = new Float32Array(outer * places.length * inner);
  for (let i = 0, at = 0; i < outer; i++) {
    for (let k = 0; k < places.length; k++, at += inner) {
      const start = (i * length + places[k]!) * inner;
      out.set(data.subarray(start, start + inner), at);
    }
  }
  return out;
}

function addSlices(grad: Float32Array, { outer, length, inner }: AxisView, places: Int32Array): Float32Array {
  const out = new Float32Array(outer * length * inner);
  for (let i = 0, at = 0; i < outer; i++) {
    for (let k = 0; k < places.length; k++) {
      const start = (i * length + places[k]!) * inner;
      for (let j = 0; j < inner; j++) out[start + j]! += grad[at++]!;
    }
  }
  return out;
}

/** For each element of the indices, where in memory of x it points. */
function gatheredPlaces(
  indices: Int32Array,
  shape: readonly number[],
  source: readonly number[],
  along: number,
): Int32Array {
  const index = new Int32Array(shape.length);
  return indices.map(chosen => {
    let place = 0;
    for (let axis = 0; axis < source.length; axis++) {
      place = place * source[axis]! + (axis === along ? chosen : index[axis]!);
    }
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
    return place;
  });
}
