import {
  addColumnsInto,
  type LinearGradients,
  type LinearSize,
  mapRectifiedBackInto,
  mapRectifiedInto,
  mapRowsBackInto,
  mapRowsInto,
} from '../../kernels/index.ts';
import { checkTensor, type Device, deviceOf, record, refuse, type Shape, sizeOf, Tensor } from '../tensor/index.ts';

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
  const device = checkOperands(x, weight, bias);
  if (device !== null) return device.composed.linear(device, x, weight, bias);
  const size = sizeOfMap(x, weight);
  const y = emptyOutputs(x, size);
  mapRowsInto(x.data, weight.data, bias?.data ?? null, size, y.data);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('linear', y, inputs, [x, weight], (grad, [x, weight], needs) =>
    gradientsOf(x, weight, needs, gradients => mapRowsBackInto(grad.data, x.data, weight.data, size, gradients)),
  );
}

/** relu({@link linear}), to the bit, in one pass; of tensors in the processor's memory. */
export function linearRelu(x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  checkOperands(x, weight, bias);
  const size = sizeOfMap(x, weight);
  const y = emptyOutputs(x, size);
  mapRectifiedInto(x.data, weight.data, bias?.data ?? null, size, y.data);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('linearRelu', y, inputs, [x, weight, y], (grad, [x, weight, y], needs) =>
    gradientsOf(x, weight, needs, gradients =>
      mapRectifiedBackInto(grad.data, y.data, x.data, weight.data, size, gradients),
    ),
  );
}

/** The device of the operands of a linear map, whose shapes agree. */
function checkOperands(x: Tensor, weight: Tensor, bias: Tensor | null): Device | null {
  const action = 'apply a linear map';
  checkTensor(action, 'x', x);
  const [n, k] = weight.shape as [number, number];
  if (weight.ndim !== 2) refuse(action, 'the weight must have two axes', weight.shape);
  if (x.shape.at(-1) !== k) refuse(action, `x must have ${k} features in its last axis`, x.shape, weight.shape);
  if (bias !== null && (bias.ndim !== 1 || bias.size !== n)) {
    refuse(action, `the bias must have ${n} values`, bias.shape, weight.shape);
  }
  return bias === null ? deviceOf(action, x, weight) : deviceOf(action, x, weight, bias);
}

function sizeOfMap(x: Tensor, weight: Tensor): LinearSize {
  const [outputs, inputs] = weight.shape as [number, number];
  return { rows: sizeOf(x.shape.slice(0, -1)), inputs, outputs };
}

function emptyOutputs(x: Tensor, { rows, outputs }: LinearSize): Tensor {
  return new Tensor(new Float32Array(rows * outputs), [...x.shape.slice(0, -1), outputs]);
}

/** The gradients in x, in the weight and in the bias that are needed, written by `run`. */
function gradientsOf(
  x: Tensor,
  weight: Tensor,
  [needsX, needsWeight, needsBias]: readonly boolean[],
  run: (gradients: LinearGradients) => void,
): readonly (Tensor | null)[] {
  const room = (shape: Shape, isNeeded = false) =>
    isNeeded ? new Tensor(new Float32Array(sizeOf(shape)), shape) : null;
  const tensors = [room(x.shape, needsX), room(weight.shape, needsWeight), room([weight.shape[0]!], needsBias)];
  const [ofX, ofWeight, ofBias] = tensors.map(gradient => gradient?.data ?? null) as [Values, Values, Values];
  run({ ofX, ofWeight, ofBias });
  return tensors;
}

type Values = Float32Array | null;

/** Sums of the columns of a matrix stored by rows. */
export function columnSums(values: Float32Array, columns: number): Float32Array {
  const totals = new Float64Array(columns);
  addColumnsInto(values, totals);
  return new Float32Array(totals);
}
