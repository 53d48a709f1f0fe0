import { Module } from '../module/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** Gives its input: a place in a network that another module may take. */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}
