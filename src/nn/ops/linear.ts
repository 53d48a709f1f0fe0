import { addColumnsInto, mapRowsBackInto, mapRowsInto } from '../../kernels/index.ts';
import { checkTensor, deviceOf, record, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';

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
  checkTensor(action, 'x', x);
  const [n, k] = weight.shape as [number, number];
  if (weight.ndim !== 2) refuse(action, 'the weight must have two axes', weight.shape);
  if (x.shape.at(-1) !== k) refuse(action, `x must have ${k} features in its last axis`, x.shape, weight.shape);
  if (bias !== null && (bias.ndim !== 1 || bias.size !== n)) {
    refuse(action, `the bias must have ${n} values`, bias.shape, weight.shape);
  }
  const device = bias === null ? deviceOf(action, x, weight) : deviceOf(action, x, weight, bias);
  if (device !== null) return device.composed.linear(device, x, weight, bias);
  const size = { rows: sizeOf(x.shape.slice(0, -1)), inputs: k, outputs: n };
  const out = new Float32Array(size.rows * n);
  mapRowsInto(x.data, weight.data, bias?.data ?? null, size, out);
  const y = new Tensor(out, [...x.shape.slice(0, -1), n]);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('linear', y, inputs, [x, weight], (grad, [x, weight], [needsX, needsWeight, needsBias]) => {
    const room = (shape: Shape, isNeeded = false) =>
      isNeeded ? new Tensor(new Float32Array(sizeOf(shape)), shape) : null;
    const gradients = [room(x.shape, needsX), room(weight.shape, needsWeight), room([n], needsBias)] as const;
    const [ofX, ofWeight, ofBias] = gradients.map(gradient => gradient?.data ?? null) as [Values, Values, Values];
    mapRowsBackInto(grad.data, x.data, weight.data, size, { ofX, ofWeight, ofBias });
    return gradients;
  });
}

type Values = Float32Array | null;

/** Sums of the columns of a matrix stored by rows. */
export function columnSums(values: Float32Array, columns: number): Float32Array {
  const totals = new Float64Array(columns);
  addColumnsInto(values, totals);
  return new Float32Array(totals);
}
