import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { type ConvolutionOptions, conv1d } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { firstWeights, type SeededOptions } from './first-weights.ts';

export interface Conv1dOptions extends ConvolutionOptions<number>, SeededOptions {
  /** Length of the kernel. */
  readonly kernelSize: number;
  /** Whether to add a bias. Default true. */
  readonly bias?: boolean;
}

/**
 * The cross-correlation of signals with learned kernels: {@link conv1d}.
 *
 * Shapes: (N, C, L) to (N, O, L') with L' = floor((L + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
 *
 * @example
 * import { Conv1d, zeros } from 'fitwise/nn';
 * new Conv1d(2, 4, { kernelSize: 3 }).forward(zeros([1, 2, 10])).shape; // [1, 4, 8]
 */
export class Conv1d extends Module {
  /** Shape (O, C / groups, k). */
  readonly weight: Parameter;
  /** Shape (O,); null without bias. */
  readonly bias: Parameter | null;
  readonly #options: ConvolutionOptions<number>;

  constructor(inChannels: number, outChannels: number, options: Conv1dOptions) {
    super();
    const { kernelSize, bias = true, randomState = null, ...rest } = options;
    const shape = [outChannels, inChannels / (rest.groups ?? 1), kernelSize];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    this.#options = rest;
  }

  forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this.#options);
  }
}
