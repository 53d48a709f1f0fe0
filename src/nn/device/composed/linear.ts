import { sumTo } from '../../ops/expand.ts';
import { type Device, record, Tensor } from '../../tensor/index.ts';

/** x W' + b over the last axis. */
export function linear(device: Device, x: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const [n, k] = weight.shape as [number, number];
  const product = device.product(matrix(x, k), weight, { bTransposed: true });
  const sums = bias === null ? product : device.map('add', [product, bias]);
  const y = new Tensor(sums.storage, [...x.shape.slice(0, -1), n]);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('linear', y, inputs, [x, weight], (grad, [x, weight], [needsX, needsWeight, needsBias]) => [
    needsX ? new Tensor(device.product(matrix(grad, n), weight).storage, x.shape) : null,
    needsWeight ? device.product(matrix(grad, n), matrix(x, k), { aTransposed: true }) : null,
    needsBias ? sumTo(grad, [n]) : null,
  ]);
}

function matrix(x: Tensor, width: number): Tensor {
  return new Tensor(x.storage, [x.size / width, width]);
}
