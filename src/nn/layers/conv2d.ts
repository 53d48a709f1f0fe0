import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { type ConvolutionOptions, conv2d, type Pair } from '../ops/index.ts';
import { pairOf } from '../ops/sizes.ts';
import type { Tensor } from '../tensor/index.ts';
import { firstWeights, type SeededOptions } from './first-weights.ts';

export interface Conv2dOptions extends ConvolutionOptions, SeededOptions {
  /** Height and width of the kernel. */
  readonly kernelSize: Pair;
  /** Whether to add a bias. Default true. */
  readonly bias?: boolean;
}

/**
 * The cross-correlation of images with learned kernels: {@link conv2d}.
 *
 * Shapes: (N, C, H, W) to (N, O, H', W') with H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
 *
 * @example
 * import { Conv2d, zeros } from 'fitwise/nn';
 * new Conv2d(1, 8, { kernelSize: 3, padding: 1 }).forward(zeros([2, 1, 28, 28])).shape; // [2, 8, 28, 28]
 */
export class Conv2d extends Module {
  /** Shape (O, C / groups, kh, kw). */
  readonly weight: Parameter;
  /** Shape (O,); null without bias. */
  readonly bias: Parameter | null;
  readonly #options: ConvolutionOptions;

  constructor(inChannels: number, outChannels: number, options: Conv2dOptions) {
    super();
    const { kernelSize, bias = true, randomState = null, ...rest } = options;
    const shape = [outChannels, inChannels / (rest.groups ?? 1), ...pairOf('make Conv2d', 'kernelSize', kernelSize, 1)];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    this.#options = rest;
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.#options);
  }
}
