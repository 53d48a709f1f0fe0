import { record, Tensor } from '../../tensor/index.ts';
import { logistic, quickTanh } from '../activation.ts';
import { addRecurrent, backRecurrent, type SequenceSize, sequenceSize, statesFrom, weightGradient } from './steps.ts';

/**
 * Long short-term memory (S. Hochreiter and J. Schmidhuber, 1997; with the forget gate of F. Gers et al., 2000):
 * i, f, g, o = p_t + W h_(t-1), g under tanh, the others under the logistic function;
 * c_t = f c_(t-1) + i g, h_t = o tanh(c_t).
 *
 * @param projected p = V x + b, shape (T, B, 4 H), the gates in the order i, f, g, o
 * @param weight W, shape (4 H, H)
 * @param start h_0, shape (B, H)
 * @param startCell c_0, shape (B, H)
 * @returns shape (T + 1, B, H): h_1 to h_T, and then c_T
 */
export function lstmSequence(projected: Tensor, weight: Tensor, start: Tensor, startCell: Tensor): Tensor {
  const size = sequenceSize('an LSTM', projected, weight, [start, startCell]);
  const { steps, batch, hidden, width } = size;
  const length = batch * hidden;
  const gates = projected.data.slice();
  const [states, cells] = [statesFrom(start, size), statesFrom(startCell, size)];
  for (let t = 0; t < steps; t++) {
    addRecurrent(states, t * length, weight.data, size, gates, t * batch * width);
    stepForward(gates, cells, states, t, size);
  }
  const y = new Float32Array((steps + 1) * length);
  y.set(states.subarray(length));
  y.set(cells.subarray(steps * length), steps * length);
  const shape = [steps + 1, batch, hidden];
  const saves = [
    new Tensor(gates, projected.shape),
    new Tensor(cells, shape),
    new Tensor(states, shape),
    weight,
  ] as const;
  const inputs = [projected, weight, start, startCell];
  return record('lstm', new Tensor(y, shape), inputs, saves, (grad, [gates, cells, states, weight]) => {
    const { ofGates, ofStart, ofCell } = unroll(grad.data, gates.data, cells.data, weight.data, size);
    return [
      new Tensor(ofGates, [steps, batch, width]),
      weightGradient(ofGates, states.data, size),
      new Tensor(ofStart, [batch, hidden]),
      new Tensor(ofCell, [batch, hidden]),
    ];
  });
}

/** Turns the gates of step t into their values, and writes the cell and the state after it. */
function stepForward(
  gates: Float32Array,
  cells: Float32Array,
  states: Float32Array,
  t: number,
  size: SequenceSize,
): void {
  const { batch, hidden, width } = size;
  const after = (t + 1) * batch * hidden;
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * width;
    for (let j = row; j < row + hidden; j++) {
      const input = logistic(gates[j]!);
      const forget = logistic(gates[j + hidden]!);
      const candidate = quickTanh(gates[j + 2 * hidden]!);
      const output = logistic(gates[j + 3 * hidden]!);
      const at = after + b * hidden + j - row;
      const cell = forget * cells[at - batch * hidden]! + input * candidate;
      gates[j] = input;
      gates[j + hidden] = forget;
      gates[j + 2 * hidden] = candidate;
      gates[j + 3 * hidden] = output;
      cells[at] = cell;
      states[at] = output * quickTanh(cell);
    }
  }
}

/** From the last step to the first. */
function unroll(
  grad: Float32Array,
  gates: Float32Array,
  cells: Float32Array,
  weight: Float32Array,
  size: SequenceSize,
) {
  const length = size.batch * size.hidden;
  const ofGates = new Float32Array(gates.length);
  const arriving = new Float32Array(length);
  const ofCell = grad.slice(size.steps * length);
  for (let t = size.steps - 1; t >= 0; t--) {
    stepBack(grad, gates, cells, ofGates, arriving, ofCell, t, size);
    backRecurrent(ofGates, t * size.batch * size.width, weight, size, arriving);
  }
  return { ofGates, ofStart: arriving, ofCell };
}

/** Gradients of the gates before their functions, and of the cell before step t. */
function stepBack(
  grad: Float32Array,
  gates: Float32Array,
  cells: Float32Array,
  ofGates: Float32Array,
  arriving: Float32Array,
  ofCell: Float32Array,
  t: number,
  { batch, hidden, width }: SequenceSize,
): void {
  const length = batch * hidden;
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * width;
    for (let j = row; j < row + hidden; j++) {
      const at = b * hidden + j - row;
      const input = gates[j]!;
      const forget = gates[j + hidden]!;
      const candidate = gates[j + 2 * hidden]!;
      const output = gates[j + 3 * hidden]!;
      const squashed = quickTanh(cells[(t + 1) * length + at]!);
      const ofState = grad[t * length + at]! + arriving[at]!;
      const cell = ofCell[at]! + ofState * output * (1 - squashed * squashed);
      ofGates[j] = cell * candidate * input * (1 - input);
      ofGates[j + hidden] = cell * cells[t * length + at]! * forget * (1 - forget);
      ofGates[j + 2 * hidden] = cell * input * (1 - candidate * candidate);
      ofGates[j + 3 * hidden] = ofState * squashed * output * (1 - output);
      ofCell[at] = cell * forget;
    }
  }
}
