import { Module } from '../module/index.ts';
import { flatten } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * Axes as one: {@link flatten}, by default all but the first.
 *
 * @example
 * import { Flatten, zeros } from 'fitwise/nn';
 * new Flatten().forward(zeros([2, 3, 4])).shape; // [2, 12]
 */
export class Flatten extends Module {
  readonly first: number;
  readonly last: number;

  constructor(first = 1, last = -1) {
    super();
    this.first = first;
    this.last = last;
  }

  forward(x: Tensor): Tensor {
    return flatten(x, this.first, this.last);
  }
}
