import { deviceOf, record, Tensor } from '../../tensor/index.ts';
import { logistic } from '../activation.ts';
import { columnSums } from '../linear.ts';
import { addRecurrent, backRecurrent, type SequenceSize, sequenceSize, statesFrom, weightGradient } from './steps.ts';

/**
 * Gated recurrent unit (K. Cho et al., 2014, in torch's form): with q_t = W h_(t-1) + d, r and z = logistic(p_t + q_t),
 * n = tanh(p_t + r q_t), h_t = (1 - z) n + z h_(t-1), each gate from its third of p and q.
 *
 * @param projected p = V x + b, shape (T, B, 3 H), the gates in the order r, z, n
 * @param weight W, shape (3 H, H)
 * @param bias d, shape (3 H,), or null for none
 * @param start h_0, shape (B, H)
 * @returns h_1 to h_T, shape (T, B, H)
 */
export function gruSequence(projected: Tensor, weight: Tensor, bias: Tensor | null, start: Tensor): Tensor {
  const size = sequenceSize('a GRU', projected, weight, [start]);
  const device = deviceOf('run a GRU', projected, weight, start, ...(bias === null ? [] : [bias]));
  if (device !== null) return device.composed.gruSequence(device, size, projected, weight, bias, start);
  const { steps, batch, hidden, width } = size;
  const length = batch * hidden;
  const gates = projected.data.slice();
  const recurrent = new Float32Array(gates.length);
  if (bias !== null) for (let at = 0; at < recurrent.length; at += width) recurrent.set(bias.data, at);
  const states = statesFrom(start, size);
  for (let t = 0; t < steps; t++) {
    addRecurrent(states, t * length, weight.data, size, recurrent, t * batch * width);
    stepForward(gates, recurrent, states, t, size);
  }
  const shape = [steps, batch, hidden];
  const saves = [
    new Tensor(gates, projected.shape),
    new Tensor(recurrent, projected.shape),
    new Tensor(states, [steps + 1, batch, hidden]),
    weight,
  ] as const;
  const hasBias = bias !== null;
  const inputs = [projected, weight, start, ...(hasBias ? [bias] : [])];
  const y = new Tensor(states.slice(length), shape);
  return record('gru', y, inputs, saves, (grad, [gates, recurrent, states, weight]) => {
    const parts = unroll(grad.data, gates.data, recurrent.data, states.data, weight.data, size);
    return [
      new Tensor(parts.ofGates, [steps, batch, width]),
      weightGradient(parts.ofRecurrent, states.data, size),
      new Tensor(parts.ofStart, [batch, hidden]),
      ...(hasBias ? [new Tensor(columnSums(parts.ofRecurrent, width), [width])] : []),
    ];
  });
}

/** Turns the gates of step t into their values, and writes the state after it. */
function stepForward(
  gates: Float32Array,
  recurrent: Float32Array,
  states: Float32Array,
  t: number,
  { batch, hidden, width }: SequenceSize,
): void {
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * width;
    const before = (t * batch + b) * hidden;
    const after = before + batch * hidden;
    for (let j = 0; j < hidden; j++) {
      const [r, z, n] = [row + j, row + hidden + j, row + 2 * hidden + j];
      const reset = logistic(gates[r]! + recurrent[r]!);
      const update = logistic(gates[z]! + recurrent[z]!);
      const candidate = Math.tanh(gates[n]! + reset * recurrent[n]!);
      gates[r] = reset;
      gates[z] = update;
      gates[n] = candidate;
      states[after + j] = (1 - update) * candidate + update * states[before + j]!;
    }
  }
}

/** From the last step to the first. */
function unroll(
  grad: Float32Array,
  gates: Float32Array,
  recurrent: Float32Array,
  states: Float32Array,
  weight: Float32Array,
  size: SequenceSize,
) {
  const { steps, batch, hidden, width } = size;
  const length = batch * hidden;
  const [ofGates, ofRecurrent] = [new Float32Array(gates.length), new Float32Array(gates.length)];
  const arriving = new Float32Array(length);
  for (let t = steps - 1; t >= 0; t--) {
    for (let b = 0; b < batch; b++) {
      const row = (t * batch + b) * width;
      for (let j = 0; j < hidden; j++) {
        const at = b * hidden + j;
        const [r, z, n] = [row + j, row + hidden + j, row + 2 * hidden + j];
        const [reset, update, candidate] = [gates[r]!, gates[z]!, gates[n]!];
        const ofState = grad[t * length + at]! + arriving[at]!;
        const ofCandidate = ofState * (1 - update) * (1 - candidate * candidate);
        ofGates[n] = ofCandidate;
        ofRecurrent[n] = ofCandidate * reset;
        ofGates[r] = ofRecurrent[r] = ofCandidate * recurrent[n]! * reset * (1 - reset);
        ofGates[z] = ofRecurrent[z] = ofState * (states[t * length + at]! - candidate) * update * (1 - update);
        arriving[at] = ofState * update;
      }
    }
    backRecurrent(ofRecurrent, t * batch * width, weight, size, arriving, true);
  }
  return { ofGates, ofRecurrent, ofStart: arriving };
}
