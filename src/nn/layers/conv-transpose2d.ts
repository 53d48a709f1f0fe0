import { boolean, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { convTranspose2d, type TransposedConvolutionOptions } from '../ops/index.ts';
import { pairOf } from '../ops/sizes.ts';
import type { Tensor } from '../tensor/index.ts';
import { firstWeights } from './first-weights.ts';
import { checkChannels, pair, randomState } from './rules.ts';

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
  /** Added to the output's sizes, which a stride leaves open. Default 0. */
  outputPadding: pair(0, 0),
  /** Whether to add a bias. Default true. */
  bias: boolean({ default: true }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type ConvTranspose2dOptions = OptionsOf<typeof spec, 'kernelSize'>;

/**
 * The transpose of a convolution, which enlarges images by its stride: {@link convTranspose2d}.
 *
 * Shapes: (N, C, H, W) to (N, O, H', W') with H' = (H - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1.
 *
 * @example
 * import { ConvTranspose2d, zeros } from 'fitwise/nn';
 * new ConvTranspose2d(8, 4, { kernelSize: 2, stride: 2 }).forward(zeros([1, 8, 7, 7])).shape; // [1, 4, 14, 14]
 */
export class ConvTranspose2d extends Module {
  /** Shape (C, O / groups, kh, kw). */
  readonly weight: Parameter;
  /** Shape (O,); null without bias. */
  readonly bias: Parameter | null;
  readonly #options: TransposedConvolutionOptions;

  constructor(inChannels: number, outChannels: number, options: ConvTranspose2dOptions) {
    super();
    const { kernelSize, bias, randomState, ...rest } = checkParams('ConvTranspose2d', spec, options);
    checkChannels('ConvTranspose2d', inChannels, outChannels, rest.groups);
    const kernel = pairOf('make ConvTranspose2d', 'kernelSize', kernelSize, 1);
    const shape = [inChannels, outChannels / rest.groups, ...kernel];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    this.#options = rest;
  }

  forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.#options);
  }
}
