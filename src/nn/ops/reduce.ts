/** Sums, means, extremes and their kin along axes; totals are kept in double precision. */
import { addColumnsInto } from '../../kernels/index.ts';
import {
  type AxisView,
  alongAxis,
  record,
  reducedAxisOf,
  refuse,
  type Shape,
  sizeOf,
  Tensor,
} from '../tensor/index.ts';
import { mul, sub } from './arithmetic.ts';
import { expandedValues } from './expand.ts';
import { square } from './pointwise.ts';

/** One axis or several; negative ones count from the back. All of them where it is left out, or an empty list. */
export type Axes = number | readonly number[];

export interface ReduceOptions {
  /** Keep the reduced axes with length 1. Default false. */
  readonly keepdim?: boolean;
}

/**
 * The sum along axes.
 *
 * @throws InvalidInputError on an axis that is not there, or given twice
 *
 * @example
 * import { sum, tensor } from 'fitwise/nn';
 * const x = tensor([[1, 2], [3, 4]]);
 * sum(x).item(); // 10
 * sum(x, 0).toArray(); // [4, 6]
 * sum(x, 1, { keepdim: true }).toArray(); // [[3], [7]]
 */
export function sum(x: Tensor, axes?: Axes, { keepdim = false }: ReduceOptions = {}): Tensor {
  const { reduced, kept, dropped } = reducedShapes('sum a tensor', x.shape, axes);
  const shape = keepdim ? kept : dropped;
  const from = x.shape;
  const y = new Tensor(x.device?.fold('sum', x, kept).storage ?? totalsOf(x, reduced), shape);
  return record('sum', y, [x], [], grad => [spread(grad, kept, from)]);
}

function totalsOf(x: Tensor, axes: readonly number[]): Float32Array {
  let totals = x.data as Float32Array | Float64Array;
  let shape = x.shape;
  for (const axis of axes) {
    totals = sumAlong(totals, alongAxis(shape, axis));
    shape = shape.map((length, i) => (i === axis ? 1 : length));
  }
  return new Float32Array(totals);
}

/** The mean along axes: {@link sum} over the count. */
export function mean(x: Tensor, axes?: Axes, options?: ReduceOptions): Tensor {
  const { reduced } = reducedShapes('average a tensor', x.shape, axes);
  const count = countOf(x.shape, reduced);
  return mul(sum(x, axes, options), 1 / count);
}

export interface VarianceOptions extends ReduceOptions {
  /** What is taken off the count: 1 (the default) for the sample variance, 0 for the variance of the values. */
  readonly correction?: number;
}

/** The variance along axes: the sum of squared deviations from the mean over the count less the correction. */
export function variance(x: Tensor, axes?: Axes, { correction = 1, keepdim = false }: VarianceOptions = {}): Tensor {
  const { reduced } = reducedShapes('compute the variance', x.shape, axes);
  const count = countOf(x.shape, reduced);
  const deviations = sub(x, mean(x, axes, { keepdim: true }));
  return mul(sum(square(deviations), axes, { keepdim }), 1 / Math.max(0, count - correction));
}

/** The axes to reduce, in order, and the shape of the result with and without them. */
function reducedShapes(action: string, shape: Shape, axes: Axes | undefined) {
  const list = typeof axes === 'number' ? [axes] : axes === undefined || axes.length === 0 ? shape.keys() : axes;
  const given = Array.from(list, axis => reducedAxisOf(action, axis, shape.length));
  const reduced = [...new Set(given)].sort((a, b) => a - b);
  if (reduced.length < given.length) refuse(action, `the axes [${[...list].join(', ')}] must differ`, shape);
  const kept = shape.map((length, axis) => (reduced.includes(axis) ? 1 : length));
  const dropped = shape.filter((_, axis) => !reduced.includes(axis));
  return { reduced, kept, dropped };
}

/** How many values make one. */
function countOf(shape: Shape, reduced: readonly number[]): number {
  return sizeOf(reduced.map(axis => shape[axis] ?? 1));
}

/** Repeats a gradient along the axes that had been summed. */
function spread(grad: Tensor, kept: Shape, shape: Shape): Tensor {
  const narrow = new Tensor(grad.storage, kept);
  return grad.device?.map('copy', [narrow], shape) ?? new Tensor(expandedValues(narrow, shape), shape);
}

function sumAlong(values: Float32Array | Float64Array, { outer, length, inner }: AxisView): Float64Array {
  const totals = new Float64Array(outer * inner);
  for (let i = 0, at = 0; i < outer; i++) {
    if (inner === 1) {
      let total = 0;
      for (let k = 0; k < length; k++) total += values[at++]!;
      totals[i] = total;
      continue;
    }
    const own = totals.subarray(i * inner, (i + 1) * inner);
    const part = values.subarray(at, at + length * inner);
    at += part.length;
    if (part instanceof Float32Array) addColumnsInto(part, own);
    else for (let k = 0; k < part.length; k++) own[k % inner]! += part[k]!;
  }
  return totals;
}
