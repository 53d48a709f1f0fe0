import { InvalidInputError, show } from '../../errors/index.ts';
import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';
import { newSizeOf, type Shape } from './shape.ts';
import { type NestedNumbers, Tensor, type TensorOptions } from './tensor.ts';

/** What {@link tensor} takes: nested lists, a typed array (one axis), a table, or numbers with a shape. */
export type TensorLike =
  | Tensor
  | NestedNumbers
  | ArrayLike<number>
  | BigInt64Array
  | BigUint64Array
  | { readonly data: ArrayLike<number>; readonly rows: number; readonly columns: number }
  | { readonly data: ArrayLike<number>; readonly shape: Shape };

/**
 * A tensor of the given values, copied and rounded to single precision.
 *
 * @param values nested lists of equal lengths, a typed array, a matrix, or what readers of arrays give
 * @throws InvalidInputError if lists of one level have different lengths
 *
 * @example
 * import { tensor } from 'fitwise/nn';
 * tensor([[1, 2, 3], [4, 5, 6]]).shape; // [2, 3]
 * tensor(7).item(); // 7
 */
export function tensor(values: TensorLike, options?: TensorOptions): Tensor {
  if (values instanceof Tensor) return new Tensor(values.data.slice(), values.shape, options);
  if (typeof values === 'number') return new Tensor(Float32Array.of(values), [], options);
  if (typeof values !== 'object' || values === null)
    refuseList('it must be a number, lists of numbers or a typed array', values);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return new Tensor(Float32Array.from(values, Number), [values.length], options);
  }
  if ('rows' in values) return new Tensor(Float32Array.from(values.data), [values.rows, values.columns], options);
  if ('shape' in values) return new Tensor(Float32Array.from(values.data), values.shape, options);
  if (!Array.isArray(values))
    return new Tensor(Float32Array.from(values as ArrayLike<number>), [values.length], options);
  const shape = shapeOfList(values);
  const data = new Float32Array(newSizeOf(shape));
  fillFrom(values, shape, 0, data, 0);
  return new Tensor(data, shape, options);
}

/** A tensor of zeros. */
export function zeros(shape: Shape, options?: TensorOptions): Tensor {
  return new Tensor(new Float32Array(newSizeOf(shape)), shape, options);
}

/** A tensor of ones. */
export function ones(shape: Shape, options?: TensorOptions): Tensor {
  return full(shape, 1, options);
}

/** A tensor that holds one value everywhere. */
export function full(shape: Shape, value: number, options?: TensorOptions): Tensor {
  if (typeof value !== 'number') refuseList('the value must be a number', value);
  return new Tensor(new Float32Array(newSizeOf(shape)).fill(value), shape, options);
}

/** The whole numbers 0 ... n - 1. */
export function arange(n: number): Tensor {
  return new Tensor(
    Float32Array.from({ length: n }, (_, i) => i),
    [n],
  );
}

/** Independent standard normal values. */
export function randn(shape: Shape, randomState: Seed | RandomState, options?: TensorOptions): Tensor {
  return new Tensor(Float32Array.from(randomFrom(randomState).standardNormal(newSizeOf(shape))), shape, options);
}

/** Independent values, uniform in [0, 1). */
export function rand(shape: Shape, randomState: Seed | RandomState, options?: TensorOptions): Tensor {
  return new Tensor(Float32Array.from(randomFrom(randomState).randomSample(newSizeOf(shape))), shape, options);
}

/** Lengths along the first element of each level. */
function shapeOfList(list: unknown): number[] {
  return isList(list) ? [list.length, ...(list.length === 0 ? [] : shapeOfList(list[0]))] : [];
}

function fillFrom(list: unknown, shape: Shape, level: number, data: Float32Array, at: number): number {
  if (level === shape.length) {
    if (typeof list !== 'number') refuseList('every innermost element must be a number', list);
    data[at] = list;
    return at + 1;
  }
  if (!isList(list) || list.length !== shape[level]) {
    refuseList(`the lists of level ${level} must have the same length (${shape[level]})`, list);
  }
  let next = at;
  for (let i = 0; i < list.length; i++) next = fillFrom(list[i], shape, level + 1, data, next);
  return next;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function refuseList(rule: string, value: unknown): never {
  throw new InvalidInputError({ action: 'make a tensor', rule, received: show(value) });
}
