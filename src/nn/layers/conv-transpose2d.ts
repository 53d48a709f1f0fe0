import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { convTranspose2d, type Pair, type TransposedConvolutionOptions } from '../ops/index.ts';
import { pairOf } from '../ops/sizes.ts';
import type { Tensor } from '../tensor/index.ts';
import { firstWeights, type SeededOptions } from './first-weights.ts';

export interface ConvTranspose2dOptions extends TransposedConvolutionOptions, SeededOptions {
  /** Height and width of the kernel. */
  readonly kernelSize: Pair;
  /** Whether to add a bias. Default true. */
  readonly bias?: boolean;
}

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
    const { kernelSize, bias = true, randomState = null, ...rest } = options;
    const kernel = pairOf('make ConvTranspose2d', 'kernelSize', kernelSize, 1);
    const shape = [inChannels, outChannels / (rest.groups ?? 1), ...kernel];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    this.#options = rest;
  }

  forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, this.bias, this.#options);
  }
}
