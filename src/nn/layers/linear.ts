import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';

import { kaimingUniform, uniform } from '../init/index.ts';
import { Module, Parameter } from '../module/index.ts';
import { linear } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

export interface LinearOptions {
  /** Whether to add a bias. Default true. */
  readonly bias?: boolean;
  /** Where the first weights come from. Default null: the platform's entropy. */
  readonly randomState?: Seed | RandomState;
}

/**
 * x W' + b over the last axis: {@link linear}.
 *
 * Weight and bias start uniform in (-1/sqrt(in), 1/sqrt(in)), as torch's do, with torch's numbers for the same seed.
 *
 * Shapes: (..., in) to (..., out).
 *
 * @example
 * import { Linear, zeros } from 'fitwise/nn';
 * const layer = new Linear(3, 2, { randomState: 0 });
 * layer.forward(zeros([5, 3])).shape; // [5, 2]
 * layer.weight.shape; // [2, 3]
 */
export class Linear extends Module {
  /** Shape (out, in). */
  readonly weight: Parameter;
  /** Shape (out,); null without bias. */
  readonly bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, { bias = true, randomState = null }: LinearOptions = {}) {
    super();
    const random = randomFrom(randomState);
    this.weight = new Parameter(
      kaimingUniform([outFeatures, inFeatures], { slope: Math.sqrt(5), randomState: random }),
    );
    const bound = 1 / Math.sqrt(inFeatures);
    this.bias = bias ? new Parameter(uniform([outFeatures], { low: -bound, high: bound, randomState: random })) : null;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
