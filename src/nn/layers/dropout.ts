import { type RandomState, randomFrom, type Seed } from '../../random/index.ts';
import { Module } from '../module/index.ts';
import { dropout } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

export interface DropoutOptions {
  /** Where the draws come from. Default null: the platform's entropy. */
  readonly randomState?: Seed | RandomState;
}

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

  constructor(p = 0.5, { randomState = null }: DropoutOptions = {}) {
    super();
    this.p = p;
    this.generator = randomFrom(randomState);
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? dropout(x, this.p, this.generator) : x;
  }
}
