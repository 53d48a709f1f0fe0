import { checkParam, oneOf } from '../../check/index.ts';
import { add, linear, type RnnActivation, rnnSequence, select } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type DirectionResult, Recurrent, type RecurrentOptions } from './recurrent.ts';
import type { RecurrentWeights } from './recurrent-weights.ts';

export interface RNNOptions extends RecurrentOptions {
  /** Default `'tanh'`. */
  readonly nonlinearity?: RnnActivation;
}

const activation = oneOf(['tanh', 'relu'], { default: 'tanh' });

/**
 * A simple recurrent network: h_t = f(V x_t + b + W h_(t-1) + d) (J. L. Elman, 1990).
 *
 * Shapes: x (T, B, in) and h_0 (layers directions, B, H) to outputs (T, B, directions H) and h_T.
 *
 * @example
 * import { RNN, zeros } from 'fitwise/nn';
 * const [outputs, state] = new RNN(3, 4).forward(zeros([5, 2, 3]));
 * outputs.shape; // [5, 2, 4]
 * state.shape; // [1, 2, 4]
 */
export class RNN extends Recurrent<Tensor> {
  readonly nonlinearity: RnnActivation;

  constructor(inputSize: number, hiddenSize: number, { nonlinearity = 'tanh', ...options }: RNNOptions = {}) {
    super('RNN', 1, inputSize, hiddenSize, options);
    this.nonlinearity = checkParam('RNN', 'nonlinearity', activation, nonlinearity);
  }

  forward(x: Tensor, state?: Tensor): readonly [outputs: Tensor, state: Tensor] {
    const [outputs, [last]] = this.runLayers(x, state && [state], 1);
    return [outputs, last!];
  }

  protected run(x: Tensor, weights: RecurrentWeights, [start]: readonly Tensor[]): DirectionResult {
    const outputs = rnnSequence(projected(x, weights), weights.hidden, start!, this.nonlinearity);
    return { outputs, last: [select(outputs, 0, -1)] };
  }
}

/** The part of the gates that does not depend on the state: V x + b + d. */
export function projected(x: Tensor, { input, inputBias, hiddenBias }: RecurrentWeights): Tensor {
  return linear(x, input, inputBias && hiddenBias && add(inputBias, hiddenBias));
}
