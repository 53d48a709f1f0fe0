/** Checks the shapes and options of a convolution, and works out all its sizes. */
import { InvalidInputError, InvalidParamError, show } from '../../errors/index.ts';
import type { ConvolutionSize, Extent } from '../../kernels/index.ts';
import { refuse, type Shape, type Tensor } from '../tensor/index.ts';
import { type Pair, pairOf } from './sizes.ts';

export interface ConvolutionOptions<Size = Pair> {
  /** Steps of the windows. Default 1. */
  readonly stride?: Size;
  /** Zeros added on each side. Default 0. */
  readonly padding?: Size;
  /** Steps between the positions of the kernel. Default 1. */
  readonly dilation?: Size;
  /** Groups of channels that see nothing of each other. Default 1. */
  readonly groups?: number;
}

export interface TransposedConvolutionOptions extends ConvolutionOptions {
  /** Added to the output's sizes, which a stride leaves open. Default 0. */
  readonly outputPadding?: Pair;
}

/** Sizes of the convolution of x (N, C, H, W) with a weight (O, C / groups, kh, kw). */
export function convolutionSize(
  x: Shape,
  weight: Shape,
  bias: Tensor | null,
  options: ConvolutionOptions,
): ConvolutionSize {
  const action = 'convolve';
  checkAxes(action, x, weight);
  const [images, channels, ...input] = x as [number, number, number, number];
  const [outChannels, perGroup, ...kernel] = weight as [number, number, number, number];
  const { groups = 1 } = options;
  checkGroups(action, groups, channels, outChannels);
  if (perGroup * groups !== channels) refuse(action, `x must have ${perGroup * groups} channels`, x, weight);
  checkBias(action, bias, outChannels);
  const steps = stepsOf(action, options);
  const span = spanOf(kernel, steps.dilation);
  const output = input.map(
    (length, i) => Math.floor((length + 2 * steps.padding[i]! - span[i]!) / steps.stride[i]!) + 1,
  );
  if (!output.every(length => length > 0)) {
    refuse(action, 'the padded image must not be smaller than the kernel', x, weight);
  }
  return { images, groups, channels, outChannels, input, kernel, output: output as unknown as Extent, ...steps };
}

/**
 * Sizes for the transposed convolution of x (N, C, H, W) with a weight (C, O / groups, kh, kw): those of the convolution
 * that leads from its output back to x.
 */
export function transposedSize(
  x: Shape,
  weight: Shape,
  bias: Tensor | null,
  options: TransposedConvolutionOptions,
): ConvolutionSize {
  const action = 'convolve transposed';
  checkAxes(action, x, weight);
  const [images, outChannels, ...output] = x as [number, number, number, number];
  const [inChannels, perGroup, ...kernel] = weight as [number, number, number, number];
  const { groups = 1, outputPadding = 0 } = options;
  checkGroups(action, groups, outChannels, perGroup * groups);
  if (inChannels !== outChannels) refuse(action, `x must have ${inChannels} channels`, x, weight);
  checkBias(action, bias, perGroup * groups);
  const steps = stepsOf(action, options);
  const more = pairOf(action, 'outputPadding', outputPadding, 0);
  if (!more.every((length, i) => length < Math.max(steps.stride[i]!, steps.dilation[i]!))) {
    const rule = 'outputPadding must be less than the stride or the dilation';
    throw new InvalidParamError({ action, rule, received: show(outputPadding) });
  }
  const span = spanOf(kernel, steps.dilation);
  const input = output.map(
    (length, i) => (length - 1) * steps.stride[i]! - 2 * steps.padding[i]! + span[i]! + more[i]!,
  );
  if (!input.every(length => length > 0)) refuse(action, 'the padding must leave something of the result', x, weight);
  const channels = perGroup * groups;
  return { images, groups, channels, outChannels, input: input as unknown as Extent, kernel, output, ...steps };
}

function stepsOf(action: string, { stride = 1, padding = 0, dilation = 1 }: ConvolutionOptions) {
  return {
    stride: pairOf(action, 'stride', stride, 1),
    padding: pairOf(action, 'padding', padding, 0),
    dilation: pairOf(action, 'dilation', dilation, 1),
  } satisfies Partial<ConvolutionSize>;
}

/** Length of the image under a kernel. */
function spanOf(kernel: Extent, dilation: Extent): Extent {
  return [dilation[0] * (kernel[0] - 1) + 1, dilation[1] * (kernel[1] - 1) + 1];
}

function checkAxes(action: string, x: Shape, weight: Shape): void {
  if (x.length !== 4 || weight.length !== 4) refuse(action, 'x and the weight must have four axes', x, weight);
}

function checkGroups(action: string, groups: number, channels: number, outChannels: number): void {
  if (Number.isInteger(groups) && groups > 0 && channels % groups === 0 && outChannels % groups === 0) return;
  const rule = `the groups must divide the channels, ${channels} in and ${outChannels} out`;
  throw new InvalidParamError({ action, rule, received: show(groups) });
}

function checkBias(action: string, bias: Tensor | null, channels: number): void {
  if (bias !== null && (bias.ndim !== 1 || bias.size !== channels)) {
    throw new InvalidInputError({ action, rule: `the bias must have ${channels} values`, received: show(bias.shape) });
  }
}
