import { multiplySingleInto } from '../../kernels/index.ts';
import {
  broadcastShapes,
  deviceOf,
  record,
  refuse,
  type Shape,
  sizeOf,
  Tensor,
  type Transposes,
} from '../tensor/index.ts';
import { expandedValues, sumTo } from './expand.ts';
import { reshape } from './reshape.ts';

/**
 * The matrix product over the last two axes; the axes before them broadcast.
 *
 * @param a shape (..., m, k), or (k,) for a row
 * @param b shape (..., k, n), or (k,) for a column
 * @returns shape (..., m, n), without the axis of a row or a column
 * @throws InvalidInputError if the inner lengths differ, or the axes before them do not broadcast
 *
 * @example
 * import { matmul, tensor } from 'fitwise/nn';
 * matmul(tensor([[1, 2], [3, 4]]), tensor([[1], [1]])).toArray(); // [[3], [7]]
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const [left, right] = [a.ndim === 1 ? reshape(a, [1, a.size]) : a, b.ndim === 1 ? reshape(b, [b.size, 1]) : b];
  if (a.ndim === 0 || b.ndim === 0 || left.shape.at(-1) !== right.shape.at(-2)) {
    refuse('multiply matrices', 'the last axis of a must be as long as the second to last of b', a.shape, b.shape);
  }
  const product = multiply(left, right);
  if (a.ndim > 1 && b.ndim > 1) return product;
  const outer = product.shape.slice(0, -2);
  return reshape(product, [
    ...outer,
    ...(a.ndim > 1 ? [left.shape.at(-2)!] : []),
    ...(b.ndim > 1 ? [right.shape.at(-1)!] : []),
  ]);
}

function multiply(a: Tensor, b: Tensor): Tensor {
  const y = product(a, b, {});
  return record('matmul', y, [a, b], [a, b], (grad, [a, b], [needsA, needsB]) => [
    needsA ? sumTo(product(grad, b, { bTransposed: true }), a.shape) : null,
    needsB ? sumTo(product(a, grad, { aTransposed: true }), b.shape) : null,
  ]);
}

/** Products of the matrices in the last two axes, off the tape. */
function product(a: Tensor, b: Tensor, { aTransposed = false, bTransposed = false }: Transposes): Tensor {
  const device = deviceOf('multiply matrices', a, b);
  if (device !== null) return device.product(a, b, { aTransposed, bTransposed });
  const [m, k] = matrixShape(a, aTransposed);
  const [, n] = matrixShape(b, bTransposed);
  const transposes = { aTransposed, bTransposed };
  if (b.ndim === 2 && !aTransposed) {
    // One matrix for all: the rows of the whole batch make one product.
    const rows = sizeOf(a.shape.slice(0, -1));
    const c = new Float32Array(rows * n);
    multiplySingleInto({ m: rows, n, k, a: a.data, b: b.data, c, ...transposes });
    return new Tensor(c, [...a.shape.slice(0, -1), n]);
  }
  const batch = broadcastShapes('multiply matrices', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [left, right] = [inBatch(a, batch), inBatch(b, batch)];
  const count = sizeOf(batch);
  const c = new Float32Array(count * m * n);
  for (let i = 0; i < count; i++) {
    const offsets = { aOffset: i * m * k, bOffset: i * k * n, cOffset: i * m * n };
    multiplySingleInto({ m, n, k, a: left, b: right, c, ...offsets, ...transposes });
  }
  return new Tensor(c, [...batch, m, n]);
}

function matrixShape({ shape }: Tensor, isTransposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return isTransposed ? [columns, rows] : [rows, columns];
}

function inBatch(x: Tensor, batch: Shape): Float32Array {
  return expandedValues(x, [...batch, ...x.shape.slice(-2)]);
}
