import { boolean, checkParams, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { type AnyModule, Module, type Parameter } from '../module/index.ts';
import { isPlain, type Pass } from '../module/pass.ts';
import { linear } from '../ops/index.ts';
import { linearRelu } from '../ops/linear.ts';
import type { Tensor } from '../tensor/index.ts';
import { ReLU } from './activations.ts';
import { firstWeights } from './first-weights.ts';
import { randomState } from './rules.ts';

const spec = {
  /** Whether to add a bias. Default true. */
  bias: boolean({ default: true }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type LinearOptions = OptionsOf<typeof spec>;

/**
 * x W' + b over the last axis: {@link linear}.
 *
 * Weight and bias start uniform in (-1/sqrt(in), 1/sqrt(in)), with torch's numbers for the same seed.
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

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const { bias, randomState } = checkParams('Linear', spec, options);
    const first = firstWeights([outFeatures, inFeatures], bias ? outFeatures : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  /** @internal */
  override passWith(x: Tensor, [second]: readonly AnyModule[]): Pass | null {
    if (x.device !== null || !isPlain(this, Linear) || !isPlain(second, ReLU)) return null;
    return { y: linearRelu(x, this.weight, this.bias), count: 1 };
  }
}
