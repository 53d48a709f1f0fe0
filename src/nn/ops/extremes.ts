/** The largest and smallest values along an axis, and where they stand. */
import { InvalidInputError, showShape } from '../../errors/index.ts';
import { type AxisView, alongAxis, record, reducedAxisOf, Tensor } from '../tensor/index.ts';
import type { ReduceOptions } from './reduce.ts';

/** Extremes, and their positions along the axis; the gradient goes to those positions. */
export interface Extremes {
  readonly values: Tensor;
  readonly indices: Tensor;
}

/**
 * The largest values along an axis; of equal ones the first, and NaN above all.
 *
 * @throws InvalidInputError if the axis is empty
 *
 * @example
 * import { max, tensor } from 'fitwise/nn';
 * const { values, indices } = max(tensor([[1, 5, 2], [4, 0, 3]]), 1);
 * values.toArray(); // [5, 4]
 * indices.toArray(); // [1, 0]
 */
export function max(x: Tensor, axis = -1, options?: ReduceOptions): Extremes {
  return extremes('max', x, axis, isAbove, options);
}

/** The smallest values along an axis; of equal ones the first, and NaN below all. */
export function min(x: Tensor, axis = -1, options?: ReduceOptions): Extremes {
  return extremes('min', x, axis, isBelow, options);
}

/** Positions of the largest values along an axis. */
export function argmax(x: Tensor, axis = -1, options?: ReduceOptions): Tensor {
  return max(x.detach(), axis, options).indices;
}

/** Positions of the smallest values along an axis. */
export function argmin(x: Tensor, axis = -1, options?: ReduceOptions): Tensor {
  return min(x.detach(), axis, options).indices;
}

type Order = (a: number, b: number) => boolean;

function isAbove(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

function isBelow(a: number, b: number): boolean {
  return a < b || (Number.isNaN(a) && !Number.isNaN(b));
}

function extremes(
  name: 'max' | 'min',
  x: Tensor,
  given: number,
  wins: Order,
  { keepdim = false }: ReduceOptions = {},
): Extremes {
  const action = `take the ${name} of a tensor`;
  const axis = reducedAxisOf(action, given, x.ndim);
  const view = alongAxis(x.shape, axis);
  if (view.length === 0) {
    throw new InvalidInputError({ action, rule: 'the axis must not be empty', received: showShape(...x.shape) });
  }
  const shape = x.shape.flatMap((length, i) => (i !== axis ? [length] : keepdim ? [1] : []));
  if (x.device !== null) return x.device.composed.extremes(x.device, name, x, axis, shape);
  const places = winners(x.data, view, wins);
  const values = new Tensor(
    Float32Array.from(places, at => x.data[at]!),
    shape,
  );
  const indices = new Tensor(
    Float32Array.from(places, at => Math.floor(at / view.inner) % view.length),
    shape,
  );
  const from = x.shape;
  record(name, values, [x], [], grad => {
    const back = new Float32Array(view.outer * view.length * view.inner);
    places.forEach((at, i) => {
      back[at] = grad.data[i]!;
    });
    return [new Tensor(back, from)];
  });
  return { values, indices };
}

/** Where in memory the winner of each line along the axis stands. */
function winners(data: Float32Array, { outer, length, inner }: AxisView, wins: Order): Int32Array {
  const places = new Int32Array(outer * inner);
  for (let i = 0; i < places.length; i++) {
    const start = Math.floor(i / inner) * length * inner + (i % inner);
    let best = start;
    for (let k = 1; k < length; k++) if (wins(data[start + k * inner]!, data[best]!)) best = start + k * inner;
    places[i] = best;
  }
  return places;
}
