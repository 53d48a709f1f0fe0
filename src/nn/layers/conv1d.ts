import { boolean, checkParams, integer, type OptionsOf } from '../../check/index.ts';
import { randomFrom } from '../../random/index.ts';
import { Module, type Parameter } from '../module/index.ts';
import { type ConvolutionOptions, conv1d } from '../ops/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type Border, type BorderMode, borderMode, bordersOf, isPlain, namedPadding, withBorders } from './borders.ts';
import { firstWeights } from './first-weights.ts';
import { checkChannels, randomState } from './rules.ts';

const spec = {
  /** Length of the kernel. */
  kernelSize: integer({ min: 1 }),
  /** Steps of the windows. Default 1. */
  stride: integer({ min: 1, default: 1 }),
  /** What is added on each side; `'same'` keeps the length, for stride 1, and `'valid'` adds nothing. Default 0. */
  padding: namedPadding(integer({ min: 0, default: 0 })),
  /** What is added: `'zeros'`, `'reflect'`, `'replicate'` or `'circular'`. Default `'zeros'`. */
  paddingMode: borderMode(),
  /** Steps between the positions of the kernel. Default 1. */
  dilation: integer({ min: 1, default: 1 }),
  /** Groups of channels that see nothing of each other. Default 1. */
  groups: integer({ min: 1, default: 1 }),
  /** Whether to add a bias. Default true. */
  bias: boolean({ default: true }),
  /** Where the first weights come from. Default null: the platform's entropy. */
  randomState: randomState(),
};

export type Conv1dOptions = OptionsOf<typeof spec, 'kernelSize'>;

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
  readonly #borders: readonly Border[];
  readonly #mode: BorderMode;

  constructor(inChannels: number, outChannels: number, options: Conv1dOptions) {
    super();
    const given = checkParams('Conv1d', spec, options);
    const { kernelSize, bias, randomState, padding, paddingMode, ...rest } = given;
    checkChannels('Conv1d', inChannels, outChannels, rest.groups);
    const shape = [outChannels, inChannels / rest.groups, kernelSize];
    const first = firstWeights(shape, bias ? outChannels : null, randomFrom(randomState));
    this.weight = first.weight;
    this.bias = first.bias;
    const sides = typeof padding === 'string' ? padding : [padding];
    const borders = bordersOf('Conv1d', sides, [{ ...rest, kernel: kernelSize }]);
    const byKernel = isPlain(borders, paddingMode);
    this.#options = byKernel ? { ...rest, padding: borders[0]![0] } : rest;
    this.#borders = byKernel ? [] : borders;
    this.#mode = paddingMode;
  }

  forward(x: Tensor): Tensor {
    return conv1d(withBorders(x, this.#borders, this.#mode), this.weight, this.bias, this.#options);
  }
}
