import { addColumnsInto, multiplySingleInto } from '../../kernels/index.ts';
import { deviceOf, record, refuse, type Shape, Tensor } from '../tensor/index.ts';

/**
 * x W' + b over the last axis.
 *
 * @param x shape (..., in)
 * @param weight shape (out, in)
 * @param bias shape (out,), or null for none
 * @returns shape (..., out)
 * @throws InvalidInputError if the lengths do not agree
 *
 * @example
 * import { linear, tensor } from 'fitwise/nn';
 * linear(tensor([[1, 2]]), tensor([[1, 1], [0, 3]]), tensor([10, 20])).toArray(); // [[13, 26]]
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  const action = 'apply a linear map';
  const [n, k] = weight.shape as [number, number];
  if (weight.ndim !== 2) refuse(action, 'the weight must have two axes', weight.shape);
  if (x.shape.at(-1) !== k) refuse(action, `x must have ${k} features in its last axis`, x.shape, weight.shape);
  if (bias !== null && (bias.ndim !== 1 || bias.size !== n)) {
    refuse(action, `the bias must have ${n} values`, bias.shape, weight.shape);
  }
  const device = bias === null ? deviceOf(action, x, weight) : deviceOf(action, x, weight, bias);
  if (device !== null) return device.composed.linear(device, x, weight, bias);
  const m = x.size / Math.max(1, k);
  const out = new Float32Array(m * n);
  if (bias !== null) repeatRow(bias.data, out);
  multiplySingleInto({ m, n, k, a: x.data, b: weight.data, bTransposed: true, c: out, isAdded: bias !== null });
  const y = new Tensor(out, [...x.shape.slice(0, -1), n]);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('linear', y, inputs, [x, weight], (grad, [x, weight], [needsX, needsWeight, needsBias]) => [
    needsX ? gradientOfInput(grad, weight, x.shape) : null,
    needsWeight ? gradientOfWeight(grad, x, weight.shape) : null,
    needsBias ? new Tensor(columnSums(grad.data, n), [n]) : null,
  ]);
}

function gradientOfInput(grad: Tensor, weight: Tensor, shape: Shape): Tensor {
  const [n, k] = weight.shape as [number, number];
  const c = new Float32Array((grad.size / n) * k);
  multiplySingleInto({ m: grad.size / n, n: k, k: n, a: grad.data, b: weight.data, c });
  return new Tensor(c, shape);
}

function gradientOfWeight(grad: Tensor, x: Tensor, shape: Shape): Tensor {
  const [n, k] = shape as [number, number];
  const c = new Float32Array(n * k);
  multiplySingleInto({ m: n, n: k, k: grad.size / n, a: grad.data, aTransposed: true, b: x.data, c });
  return new Tensor(c, shape);
}

function repeatRow(row: Float32Array, out: Float32Array): void {
  for (let at = 0; at < out.length; at += row.length) out.set(row, at);
}

/** Sums of the columns of a matrix stored by rows. */
export function columnSums(values: Float32Array, columns: number): Float32Array {
  const totals = new Float64Array(columns);
  addColumnsInto(values, totals);
  return new Float32Array(totals);
}
