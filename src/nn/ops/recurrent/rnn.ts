import { deviceOf, record, Tensor } from '../../tensor/index.ts';
import { addRecurrent, backRecurrent, type SequenceSize, sequenceSize, statesFrom, weightGradient } from './steps.ts';

export type RnnActivation = 'tanh' | 'relu';

/**
 * h_t = f(p_t + W h_(t-1)), with f = tanh or max(., 0) (J. L. Elman, 1990).
 *
 * @param projected p = V x + b, shape (T, B, H)
 * @param weight W, shape (H, H)
 * @param start h_0, shape (B, H)
 * @returns h_1 to h_T, shape (T, B, H)
 */
export function rnnSequence(projected: Tensor, weight: Tensor, start: Tensor, activation: RnnActivation): Tensor {
  const size = sequenceSize('a recurrent network', projected, weight, [start]);
  const device = deviceOf('run a recurrent network', projected, weight, start);
  if (device !== null) return device.composed.rnnSequence(device, size, projected, weight, start, activation);
  const { steps, batch, hidden } = size;
  const length = batch * hidden;
  const states = statesFrom(start, size);
  states.set(projected.data, length);
  for (let t = 0; t < steps; t++) {
    const at = (t + 1) * length;
    addRecurrent(states, t * length, weight.data, size, states, at);
    activate(states.subarray(at, at + length), activation);
  }
  const shape = [steps, batch, hidden];
  const all = new Tensor(states, [steps + 1, batch, hidden]);
  const saves = [all, weight] as const;
  return record(
    'rnn',
    new Tensor(states.slice(length), shape),
    [projected, weight, start],
    saves,
    (grad, [all, weight]) => {
      const { ofGates, ofStart } = unroll(grad.data, all.data, weight.data, size, activation);
      return [
        new Tensor(ofGates, shape),
        weightGradient(ofGates, all.data, size),
        new Tensor(ofStart, [batch, hidden]),
      ];
    },
  );
}

function activate(values: Float32Array, activation: RnnActivation): void {
  if (activation === 'tanh') for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]!);
  else for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]!);
}

/** From the last step to the first: what arrives at h_t, from outside and from the next step, goes through f. */
function unroll(
  grad: Float32Array,
  states: Float32Array,
  weight: Float32Array,
  size: SequenceSize,
  activation: RnnActivation,
) {
  const length = size.batch * size.hidden;
  const ofGates = new Float32Array(grad.length);
  const arriving = new Float32Array(length);
  for (let t = size.steps - 1; t >= 0; t--) {
    const at = t * length;
    for (let i = 0; i < length; i++) {
      const h = states[at + length + i]!;
      const slope = activation === 'tanh' ? 1 - h * h : Number(h > 0);
      ofGates[at + i] = (grad[at + i]! + arriving[i]!) * slope;
    }
    backRecurrent(ofGates, at, weight, size, arriving);
  }
  return { ofGates, ofStart: arriving };
}
