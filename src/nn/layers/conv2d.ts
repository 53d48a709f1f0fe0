import { boolean, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { type ConvolutionOptions, conv2d } from '../ops/index.ts';
import { pairOf } from '../ops/sizes.ts';
import type { Tensor } from '../tensor/index.ts';
import { type Border, type BorderMode, borderMode, bordersOf, isPlain, namedPadding, withBorders } from './borders.ts';
import { firstWeights } from './first-weights.ts';
import { checkChannels, pair, randomState } from './rules.ts';

const spec = {
  /** Height and width of the kernel. */
  kernelSize: pair(1),
  /** Steps of the windows. Default 1. */
  stride: pair(1, 1),
  /** What is added on each side; `'same'` keeps the size, for stride 1, and `'valid'` adds nothing. Default 0. */
  padding: namedPadding(pair(0, 0)),
  /** What is added: `'zeros'`, `'reflect'`, `'replicate'` or `'circular'`. Default `'zeros'`. */
  paddingMode: borderMode(),
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
  readonly #borders: readonly Border[];
  readonly #mode: BorderMode;

  constructor(inChannels: number, outChannels: number, options: Conv2dOptions) {
    super();
    const given = checkParams('Conv2d', spec, options);
    const { kernelSize, bias, randomState, padding, paddingMode, ...rest } = given;
    checkChannels('Conv2d', inChannels, outChannels, rest.groups);
    const both = (name: 'kernelSize' | 'stride' | 'dilation') => pairOf('make Conv2d', name, given[name], 1);
    const [kernel, stride, dilation] = [both('kernelSize'), both('stride'), both('dilation')];
    const shape = [outChannels, inChannels / rest.groups, ...kernel];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    const sides = typeof padding === 'string' ? padding : pairOf('make Conv2d', 'padding', padding, 0);
    const sizes = ([0, 1] as const).map(i => ({ kernel: kernel[i], stride: stride[i], dilation: dilation[i] }));
    const borders = bordersOf('Conv2d', sides, sizes);
    const byKernel = isPlain(borders, paddingMode);
    this.#options = byKernel ? { ...rest, padding: [borders[0]![0], borders[1]![0]] } : rest;
    this.#borders = byKernel ? [] : borders;
    this.#mode = paddingMode;
  }

  forward(x: Tensor): Tensor {
    return conv2d(withBorders(x, this.#borders, this.#mode), this.weight, this.bias, this.#options);
  }
}
