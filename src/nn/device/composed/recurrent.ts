/** Recurrences step by step: a product with the recurrent weight and a few kernels for each, forward and backward. */
import type { RnnActivation } from '../../ops/index.ts';
import type { SequenceSize } from '../../ops/recurrent/steps.ts';
import { type Device, record, Tensor } from '../../tensor/index.ts';
import * as kernels from '../recurrent-kernels.ts';
import { laidEndToEnd } from './places.ts';

/** What {@link lstmSequence} of the operations gives. */
export function lstmSequence(
  device: Device,
  size: SequenceSize,
  projected: Tensor,
  weight: Tensor,
  start: Tensor,
  startCell: Tensor,
): Tensor {
  const { steps, batch, hidden, width } = size;
  const [gates, cells, states]: [Tensor[], Tensor[], Tensor[]] = [[], [startCell], [start]];
  for (let t = 0; t < steps; t++) {
    const recurrent = device.product(states[t]!, weight, { bTransposed: true });
    gates.push(device.run(kernels.lstmGates(size), [projected, recurrent, t], [batch, width]));
    cells.push(device.run(kernels.lstmCell(size), [gates[t]!, cells[t]!], [batch, hidden]));
    states.push(device.run(kernels.lstmState(size), [gates[t]!, cells[t + 1]!], [batch, hidden]));
  }
  const y = inOrder(device, [...states.slice(1), cells[steps]!]);
  const before = inOrder(device, states.slice(0, steps));
  const inputs = [projected, weight, start, startCell];
  return record('lstm', y, inputs, [weight, before, ...gates, ...cells], (grad, [weight, before, ...saved]) => {
    const [gates, cells] = [saved.slice(0, steps), saved.slice(steps)];
    const ofGates: Tensor[] = [];
    let late = device.map('copy', [0], [batch, hidden]);
    let lateCell = lastOf(device, grad);
    for (let t = steps - 1; t >= 0; t--) {
      const [gate, cell] = [gates[t]!, cells[t + 1]!];
      const ofCell = device.run(kernels.lstmCellBack(size), [grad, late, gate, cell, lateCell, t], [batch, hidden]);
      const given = [grad, late, gate, cells[t]!, cell, ofCell, t];
      ofGates[t] = device.run(kernels.lstmGatesBack(size), given, [batch, width]);
      late = device.product(ofGates[t]!, weight);
      lateCell = device.run(kernels.lstmForget(size), [gate, ofCell], [batch, hidden]);
    }
    const all = inOrder(device, ofGates);
    return [all, weightGradient(device, all, before), late, lateCell];
  });
}

/** What {@link gruSequence} of the operations gives. */
export function gruSequence(
  device: Device,
  size: SequenceSize,
  projected: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  start: Tensor,
): Tensor {
  const { steps, batch, hidden, width } = size;
  const [recurrent, states]: [Tensor[], Tensor[]] = [[], [start]];
  for (let t = 0; t < steps; t++) {
    const product = device.product(states[t]!, weight, { bTransposed: true });
    recurrent.push(bias === null ? product : device.map('add', [product, bias]));
    states.push(device.run(kernels.gruState(size), [projected, recurrent[t]!, states[t]!, t], [batch, hidden]));
  }
  const y = inOrder(device, states.slice(1));
  const before = inOrder(device, states.slice(0, steps));
  const inputs = [projected, weight, start, ...(bias === null ? [] : [bias])];
  const saves = [projected, weight, before, ...recurrent, ...states.slice(0, steps)];
  return record('gru', y, inputs, saves, (grad, [projected, weight, before, ...saved]) => {
    const [recurrent, states] = [saved.slice(0, steps), saved.slice(steps)];
    const [ofGates, ofRecurrent]: [Tensor[], Tensor[]] = [[], []];
    let late = device.map('copy', [0], [batch, hidden]);
    for (let t = steps - 1; t >= 0; t--) {
      const given = [grad, late, projected!, recurrent[t]!];
      ofGates[t] = device.run(kernels.gruGatesBack(size, false), [...given, states[t]!, t], [batch, width]);
      ofRecurrent[t] = device.run(kernels.gruGatesBack(size, true), [...given, states[t]!, t], [batch, width]);
      const through = device.product(ofRecurrent[t]!, weight!);
      late = device.run(kernels.gruPassed(size), [...given, through, t], [batch, hidden]);
    }
    const all = inOrder(device, ofRecurrent);
    const ofBias = bias === null ? [] : [new Tensor(device.fold('sum', all, [1, 1, width]).storage, [width])];
    return [inOrder(device, ofGates), weightGradient(device, all, before!), late, ...ofBias];
  });
}

/** What {@link rnnSequence} of the operations gives. */
export function rnnSequence(
  device: Device,
  size: SequenceSize,
  projected: Tensor,
  weight: Tensor,
  start: Tensor,
  activation: RnnActivation,
): Tensor {
  const { steps, batch, hidden } = size;
  const states = [start];
  for (let t = 0; t < steps; t++) {
    const recurrent = device.product(states[t]!, weight, { bTransposed: true });
    states.push(device.run(kernels.rnnState(size, activation), [projected, recurrent, t], [batch, hidden]));
  }
  const y = inOrder(device, states.slice(1));
  const before = inOrder(device, states.slice(0, steps));
  const inputs = [projected, weight, start];
  return record('rnn', y, inputs, [weight, before, ...states.slice(1)], (grad, [weight, before, ...after]) => {
    const ofSums: Tensor[] = [];
    let late = device.map('copy', [0], [batch, hidden]);
    for (let t = steps - 1; t >= 0; t--) {
      ofSums[t] = device.run(kernels.rnnBack(size, activation), [grad, late, after[t]!, t], [batch, hidden]);
      late = device.product(ofSums[t]!, weight);
    }
    const all = inOrder(device, ofSums);
    return [all, weightGradient(device, all, before), late];
  });
}

/** What belongs to the steps (B, n) of a sequence, one after the other: (T, B, n). */
function inOrder(device: Device, steps: readonly Tensor[]): Tensor {
  const [batch, width] = steps[0]!.shape as [number, number];
  const layers = steps.map(({ storage }) => new Tensor(storage, [1, batch, width]));
  return laidEndToEnd(device, layers, 0, [steps.length, batch, width]);
}

/** The last of (T, B, H). */
function lastOf(device: Device, x: Tensor): Tensor {
  const [steps, batch, hidden] = x.shape as [number, number, number];
  const part = { axis: 0, start: steps - 1, length: 1, whole: steps };
  return new Tensor(device.cut(x, part).storage, [batch, hidden]);
}

/** Of the recurrent weight: the gradients of what comes from the states (T, B, n) against these (T, B, H). */
function weightGradient(device: Device, grad: Tensor, before: Tensor): Tensor {
  const flat = ({ storage, size, shape }: Tensor) => new Tensor(storage, [size / shape[2]!, shape[2]!]);
  return device.product(flat(grad), flat(before), { aTransposed: true });
}
