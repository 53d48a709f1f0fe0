import type { RandomState } from '../../../random/index.ts';
import type { HiddenActivation } from './activations.ts';
import type { Layout } from './layout.ts';

/**
 * The first parameters, layer by layer uniform in ±√(6 / (units before + units after)), or √2 in place of √6 for the
 * logistic function; biases too.
 *
 * Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
 * AISTATS 2010, section 4.2.
 */
export function drawParams(layout: Layout, activation: HiddenActivation, random: RandomState): Float64Array {
  const params = new Float64Array(layout.length);
  const factor = activation === 'logistic' ? 2 : 6;
  for (let layer = 0; layer < layout.nLayers; layer++) {
    const bound = Math.sqrt(factor / (layout.sizes[layer]! + layout.sizes[layer + 1]!));
    for (const part of [layout.weights(params, layer).data, layout.biases(params, layer)]) {
      part.set(random.uniform(-bound, bound, part.length));
    }
  }
  return params;
}
