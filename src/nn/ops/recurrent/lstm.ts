import { runLstm, runLstmBack, runLstmLayer, runLstmLayerBack } from '../../../kernels/index.ts';
import { deviceOf, record, type Shape, sizeOf, Tensor } from '../../tensor/index.ts';
import { linear } from '../linear.ts';
import { type SequenceSize, sequenceSize, statesFrom, weightGradient } from './steps.ts';

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
  const gates = projected.data.slice();
  const [states, cells] = [statesFrom(start, size), statesFrom(startCell, size)];
  runLstm({ gates, cells, states }, weight.data, size);
  const saves = [...memoryOf(gates, cells, states, size), weight] as const;
  const inputs = [projected, weight, start, startCell];
  return record('lstm', outputsOf(states, cells, size), inputs, saves, (grad, [gates, cells, states, weight]) => {
    const memory = { gates: gates.data, cells: cells.data, states: states.data };
    const ofGates = new Float32Array(gates.size);
    const [ofState, ofCell] = [new Float32Array(batch * hidden), grad.data.slice(steps * batch * hidden)];
    runLstmBack(grad.data, memory, weight.data, size, { ofGates, ofState, ofCell });
    return [
      new Tensor(ofGates, [steps, batch, width]),
      weightGradient(ofGates, states.data, size),
      new Tensor(ofState, [batch, hidden]),
      new Tensor(ofCell, [batch, hidden]),
    ];
  });
}

/** Weights of an LSTM: V (4 H, in), W (4 H, H), and b (4 H,) or null for none. */
export interface LstmWeights {
  readonly input: Tensor;
  readonly hidden: Tensor;
  readonly bias: Tensor | null;
}

/**
 * {@link lstmSequence} of p = V x + b, to the bit, whose projections and their gradients stay in the kernel.
 *
 * @param x shape (T, B, in)
 */
export function lstmLayer(x: Tensor, { input, hidden, bias }: LstmWeights, start: Tensor, startCell: Tensor): Tensor {
  if (deviceOf('run an LSTM', x, input, hidden, start, startCell, ...(bias === null ? [] : [bias])) !== null) {
    return lstmSequence(linear(x, input, bias), hidden, start, startCell);
  }
  const [steps, batch, inputs] = x.shape as [number, number, number];
  const size = sequenceSize('an LSTM', x, hidden, [start, startCell], [steps, batch, input.shape[0]!]);
  const gates = new Float32Array(steps * batch * size.width);
  const [states, cells] = [statesFrom(start, size), statesFrom(startCell, size)];
  const layer = { x: x.data, inputs, weight: input.data, bias: bias?.data ?? null };
  runLstmLayer(layer, { gates, cells, states }, hidden.data, size);
  const saves = [...memoryOf(gates, cells, states, size), x, input, hidden] as const;
  const tensors = [x, input, hidden, start, startCell, ...(bias === null ? [] : [bias])];
  return record('lstm', outputsOf(states, cells, size), tensors, saves, (grad, saved, needs) => {
    const [gates, cells, states, x, input, hidden] = saved;
    const room = (i: number, shape: Shape) => (needs[i] ? new Tensor(new Float32Array(sizeOf(shape)), shape) : null);
    const [ofX, ofInput, ofWeight] = [x, input, hidden].map(({ shape }, i) => room(i, shape)) as Gradients;
    const [ofBias, ofState] = [room(5, [size.width]), new Float32Array(batch * size.hidden)];
    const ofCell = grad.data.slice(steps * ofState.length);
    const gradients = { ofX, ofInput, ofWeight, ofBias };
    const wanted = Object.entries(gradients).map(([name, gradient]) => [name, gradient?.data ?? null]);
    runLstmLayerBack(
      grad.data,
      { x: x.data, inputs, weight: input.data, bias: null },
      { gates: gates.data, cells: cells.data, states: states.data },
      hidden.data,
      size,
      { ...(Object.fromEntries(wanted) as Record<keyof typeof gradients, Float32Array | null>), ofState, ofCell },
    );
    const stateShape = [batch, size.hidden];
    return [ofX, ofInput, ofWeight, new Tensor(ofState, stateShape), new Tensor(ofCell, stateShape), ofBias];
  });
}

type Gradients = [Tensor | null, Tensor | null, Tensor | null];

/** What the steps leave for backward. */
function memoryOf(gates: Float32Array, cells: Float32Array, states: Float32Array, size: SequenceSize) {
  const { steps, batch, hidden, width } = size;
  const shape = [steps + 1, batch, hidden];
  return [new Tensor(gates, [steps, batch, width]), new Tensor(cells, shape), new Tensor(states, shape)] as const;
}

/** h_1 to h_T, and then c_T. */
function outputsOf(states: Float32Array, cells: Float32Array, { steps, batch, hidden }: SequenceSize): Tensor {
  const length = batch * hidden;
  const y = new Float32Array((steps + 1) * length);
  y.set(states.subarray(length));
  y.set(cells.subarray(steps * length), steps * length);
  return new Tensor(y, [steps + 1, batch, hidden]);
}
