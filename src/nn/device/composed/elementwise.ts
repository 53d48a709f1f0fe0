import { sumTo } from '../../ops/expand.ts';
import { div, exp, log, sub, sum } from '../../ops/index.ts';
import { type Device, record, type Shape, type Tensor } from '../../tensor/index.ts';

/** A function by its name, of one variable and some numbers; the device knows its derivative as well. */
export function pointwise(device: Device, name: string, x: Tensor, numbers: readonly number[] = []): Tensor {
  return record(name, device.map(name, [x, ...numbers]), [x], [x], (grad, [x]) => [
    device.map(`${name}Back`, [grad, x, ...numbers]),
  ]);
}

/** x where the condition is not 0, y elsewhere. */
export function choose(device: Device, condition: Tensor, x: Tensor, y: Tensor, shape: Shape): Tensor {
  const [shapeX, shapeY] = [x.shape, y.shape];
  const out = device.map('choose', [condition, x, y], shape);
  return record('where', out, [x, y], [condition], (grad, [condition], [needsX, needsY]) => [
    needsX ? sumTo(device.map('choose', [condition, grad, 0], shape), shapeX) : null,
    needsY ? sumTo(device.map('choose', [condition, 0, grad], shape), shapeY) : null,
  ]);
}

export function softmax(device: Device, x: Tensor, axis: number): Tensor {
  const powers = exp(belowHighest(device, x, axis));
  return div(powers, sum(powers, axis, { keepdim: true }));
}

export function logSoftmax(device: Device, x: Tensor, axis: number): Tensor {
  const below = belowHighest(device, x, axis);
  return sub(below, log(sum(exp(below), axis, { keepdim: true })));
}

/** x less the largest value along an axis, which counts as a constant. */
function belowHighest(device: Device, x: Tensor, axis: number): Tensor {
  return sub(x, device.fold('max', x, x.shape.with(axis, 1)));
}
