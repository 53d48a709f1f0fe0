import { newSizeOf, type Shape } from '../tensor/index.ts';
import type { Call } from './apply.ts';

/** A tensor to come: what an input will be given, or what a layer will make of other nodes. */
export class GraphNode {
  /** Shape of a sample: that of the tensor without its first axis, which is the batch. */
  readonly shape: Shape;
  /** @internal What gives it; null in an input. */
  readonly call: Call | null;
  /** @internal Its place in what the call gives. */
  readonly path: readonly string[];

  /** @internal */
  constructor(shape: Shape, call: Call | null = null, path: readonly string[] = []) {
    this.shape = shape;
    this.call = call;
    this.path = path;
  }
}

/**
 * A place for the data of a functional graph, as Keras's `Input`: see {@link model}.
 *
 * @param shape of a sample, without the batch: `[28, 28]` for tensors (N, 28, 28); every axis but the batch has one length
 * @throws InvalidInputError unless every length is a whole number >= 0
 *
 * @example
 * import { apply, input, Linear } from 'fitwise/nn';
 * const x = input([4]);
 * apply(new Linear(4, 2), x).shape; // [2]
 */
export function input(shape: Shape): GraphNode {
  newSizeOf(shape);
  return new GraphNode(shape);
}
