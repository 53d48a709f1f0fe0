import type { RandomState } from '../../random/index.ts';
import { kaimingUniform, uniform } from '../init/index.ts';
import { Parameter } from '../module/index.ts';
import { type Shape, sizeOf } from '../tensor/index.ts';

/** Weight and bias of a linear or convolutional layer before training. */
export interface FirstWeights {
  readonly weight: Parameter;
  readonly bias: Parameter | null;
}

/** Both uniform in (-1/sqrt(in), 1/sqrt(in)), the weight drawn first, as torch does. */
export function firstWeights(shape: Shape, biasLength: number | null, random: RandomState): FirstWeights {
  const weight = new Parameter(kaimingUniform(shape, { slope: Math.sqrt(5), randomState: random }));
  if (biasLength === null) return { weight, bias: null };
  const inputs = sizeOf(shape.slice(1));
  const bound = inputs === 0 ? 0 : 1 / Math.sqrt(inputs);
  return { weight, bias: new Parameter(uniform([biasLength], { low: -bound, high: bound, randomState: random })) };
}
