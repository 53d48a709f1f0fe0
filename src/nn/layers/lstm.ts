import { add, narrow, select } from '../ops/index.ts';
import { lstmLayer } from '../ops/recurrent/lstm.ts';
import type { Tensor } from '../tensor/index.ts';
import { type DirectionResult, Recurrent, type RecurrentOptions } from './recurrent.ts';
import type { RecurrentWeights } from './recurrent-weights.ts';

/** State and cell, each (layers directions, B, H). */
export type LSTMState = readonly [state: Tensor, cell: Tensor];

/**
 * Long short-term memory: {@link lstmSequence} (S. Hochreiter and J. Schmidhuber, 1997).
 *
 * Shapes: x (T, B, in), h_0 and c_0 (layers directions, B, H) to outputs (T, B, directions H), h_T and c_T.
 *
 * @example
 * import { LSTM, zeros } from 'fitwise/nn';
 * const [outputs, [state, cell]] = new LSTM(3, 4, { batchFirst: true }).forward(zeros([2, 5, 3]));
 * outputs.shape; // [2, 5, 4]
 * cell.shape; // [1, 2, 4]
 */
export class LSTM extends Recurrent<LSTMState> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super('LSTM', 4, inputSize, hiddenSize, options);
  }

  forward(x: Tensor, state?: LSTMState): readonly [outputs: Tensor, state: LSTMState] {
    const [outputs, [last, cell]] = this.runLayers(x, state, 2);
    return [outputs, [last!, cell!]];
  }

  protected run(x: Tensor, weights: RecurrentWeights, [start, cell]: readonly Tensor[]): DirectionResult {
    const steps = x.shape[0]!;
    const { input, hidden, inputBias, hiddenBias } = weights;
    const bias = inputBias && hiddenBias && add(inputBias, hiddenBias);
    const all = lstmLayer(x, { input, hidden, bias }, start!, cell!);
    return { outputs: narrow(all, 0, 0, steps), last: [select(all, 0, steps - 1), select(all, 0, steps)] };
  }
}
