import { checkParam, checkParams, type OptionsOf } from '../../check/index.ts';
import { type RandomState, randomFrom } from '../../random/index.ts';
import { Module } from '../module/index.ts';
import { dropout } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { probability, randomState } from './rules.ts';

const spec = {
  /** Where the draws come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type DropoutOptions = OptionsOf<typeof spec>;

/**
 * While training, sets values to 0 with probability p and divides the others by 1 - p; otherwise gives its input.
 *
 * Shapes: any. Its generator is part of what a checkpoint keeps: `namedGenerators`.
 *
 * @example
 * import { Dropout, ones } from 'fitwise/nn';
 * new Dropout(0.5).eval().forward(ones([2])).toArray(); // [1, 1]
 */
export class Dropout extends Module {
  readonly p: number;
  readonly generator: RandomState;

  /** @throws InvalidParamError unless 0 <= `p` <= 1 */
  constructor(p = 0.5, options: DropoutOptions = {}) {
    super();
    this.p = checkParam('Dropout', 'p', probability(0.5), p);
    this.generator = randomFrom(checkParams('Dropout', spec, options).randomState);
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? dropout(x, this.p, this.generator) : x;
  }
}
