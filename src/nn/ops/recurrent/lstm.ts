import { runLstm, runLstmBack } from '../../../kernels/index.ts';
import { deviceOf, record, Tensor } from '../../tensor/index.ts';
import { sequenceSize, statesFrom, weightGradient } from './steps.ts';

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
  const device = deviceOf('run an LSTM', projected, weight, start, startCell);
  if (device !== null) return device.composed.lstmSequence(device, size, projected, weight, start, startCell);
  const { steps, batch, hidden, width } = size;
  const length = batch * hidden;
  const gates = projected.data.slice();
  const [states, cells] = [statesFrom(start, size), statesFrom(startCell, size)];
  runLstm({ gates, cells, states }, weight.data, size);
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
    const memory = { gates: gates.data, cells: cells.data, states: states.data };
    const ofGates = new Float32Array(gates.size);
    const [ofState, ofCell] = [new Float32Array(length), grad.data.slice(steps * length)];
    runLstmBack(grad.data, memory, weight.data, size, { ofGates, ofState, ofCell });
    return [
      new Tensor(ofGates, [steps, batch, width]),
      weightGradient(ofGates, states.data, size),
      new Tensor(ofState, [batch, hidden]),
      new Tensor(ofCell, [batch, hidden]),
    ];
  });
}
