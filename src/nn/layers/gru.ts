import { gruSequence, linear, select } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type DirectionResult, Recurrent, type RecurrentOptions } from './recurrent.ts';
import type { RecurrentWeights } from './recurrent-weights.ts';

/**
 * A layer of gated recurrent units: {@link gruSequence} (K. Cho et al., 2014).
 *
 * Shapes: x (T, B, in) and h_0 (layers directions, B, H) to outputs (T, B, directions H) and h_T.
 *
 * @example
 * import { GRU, zeros } from 'fitwise/nn';
 * const [outputs] = new GRU(3, 4, { numLayers: 2, bidirectional: true }).forward(zeros([5, 2, 3]));
 * outputs.shape; // [5, 2, 8]
 */
export class GRU extends Recurrent<Tensor> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super('GRU', 3, inputSize, hiddenSize, options);
  }

  forward(x: Tensor, state?: Tensor): readonly [outputs: Tensor, state: Tensor] {
    const [outputs, [last]] = this.runLayers(x, state && [state], 1);
    return [outputs, last!];
  }

  protected run(x: Tensor, weights: RecurrentWeights, [start]: readonly Tensor[]): DirectionResult {
    const outputs = gruSequence(
      linear(x, weights.input, weights.inputBias),
      weights.hidden,
      weights.hiddenBias,
      start!,
    );
    return { outputs, last: [select(outputs, 0, -1)] };
  }
}
