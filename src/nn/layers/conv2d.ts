import { boolean, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { type ConvolutionOptions, conv2d } from '../ops/index.ts';
import { pairOf } from '../ops/sizes.ts';
import type { Tensor } from '../tensor/index.ts';
import { firstWeights } from './first-weights.ts';
import { pair, randomState } from './rules.ts';

const spec = {
  /** Height and width of the kernel. */
  kernelSize: pair(1),
  /** Steps of the windows. Default 1. */
  stride: pair(1, 1),
  /** Zeros added on each side. Default 0. */
  padding: pair(0, 0),
  /** Steps between the positions of the kernel. Default 1. */
  dilation: pair(1, 1),
  /** Groups of channels that see nothing of each other. Default 1. */
  groups: integer({ min: 1, default: 1 }),
  /** Whether to add a bias. Default true. */
  bias: boolean({ default: true }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type Conv2dOptions = OptionsOf<typeof spec, 'kernelSize'>;

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
    const { kernelSize, bias, randomState, ...rest } = checkParams('Conv2d', spec, options);
    const shape = [outChannels, inChannels / rest.groups, ...pairOf('make Conv2d', 'kernelSize', kernelSize, 1)];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    this.#options = rest;
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.#options);
  }
}
