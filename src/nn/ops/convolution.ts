import { type ConvolutionSize, convolve, convolveBack, correlate, sumLinesInto } from '../../kernels/index.ts';
import { checkTensor, deviceOf, record, refuse, Tensor } from '../tensor/index.ts';
import {
  type ConvolutionOptions,
  convolutionSize,
  type TransposedConvolutionOptions,
  transposedSize,
} from './convolution-size.ts';
import { sumTo } from './expand.ts';
import { reshape } from './reshape.ts';
import { sumByChannel } from './scale-channels.ts';

/**
 * The cross-correlation of images with a kernel: y[n, o, p] = b[o] + sum over c, i of x[n, c, p stride + i dilation -
 * padding] w[o, c, i].
 *
 * @param x shape (N, C, H, W)
 * @param weight shape (O, C / groups, kh, kw)
 * @param bias shape (O,), or null for none
 * @returns shape (N, O, H', W') with H' = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1
 * @throws InvalidInputError if the shapes do not agree, InvalidParamError on sizes that are no whole numbers
 *
 * @example
 * import { conv2d, ones } from 'fitwise/nn';
 * conv2d(ones([1, 1, 3, 3]), ones([1, 1, 3, 3]), null, { padding: 1 }).toArray(); // [[[[4, 6, 4], [6, 9, 6], [4, 6, 4]]]]
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  checkTensor('convolve', 'x', x);
  const size = convolutionSize(x.shape, weight.shape, bias, options);
  const y = convolved(x, weight, bias, size);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('conv2d', y, inputs, [x, weight], (grad, [x, weight], [needsX, needsWeight, needsBias]) => [
    needsX ? convolvedBack(grad, weight, null, size) : null,
    needsWeight ? correlated(x, grad, size) : null,
    needsBias ? channelSums(grad) : null,
  ]);
}

/**
 * {@link conv2d} of signals: x (N, C, L), weight (O, C / groups, k), y (N, O, L').
 *
 * @example
 * import { conv1d, tensor } from 'fitwise/nn';
 * conv1d(tensor([[[1, 2, 4, 8]]]), tensor([[[-1, 1]]])).toArray(); // [[[1, 2, 4]]]
 */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  { stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions<number> = {},
): Tensor {
  checkTensor('convolve', 'x', x);
  if (x.ndim !== 3 || weight.ndim !== 3)
    refuse('convolve', 'x and the weight must have three axes', x.shape, weight.shape);
  const image = (t: Tensor) => reshape(t, [t.shape[0]!, t.shape[1]!, 1, t.shape[2]!]);
  const options = { stride: [1, stride], padding: [0, padding], dilation: [1, dilation], groups } as const;
  const y = conv2d(image(x), image(weight), bias, options);
  return reshape(y, [y.shape[0]!, y.shape[1]!, y.shape[3]!]);
}

/**
 * The transpose of {@link conv2d} as a linear map of x, with which networks enlarge images (M. D. Zeiler et al., 2010).
 *
 * @param x shape (N, C, H, W)
 * @param weight shape (C, O / groups, kh, kw)
 * @param bias shape (O,), or null for none
 * @returns shape (N, O, H', W') with H' = (H - 1) stride - 2 padding + dilation (kh - 1) + outputPadding + 1
 * @throws InvalidInputError if the shapes do not agree, InvalidParamError on sizes that are no whole numbers
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  checkTensor('convolve transposed', 'x', x);
  const size = transposedSize(x.shape, weight.shape, bias, options);
  const y = convolvedBack(x, weight, bias, size);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return record('convTranspose2d', y, inputs, [x, weight], (grad, [x, weight], [needsX, needsWeight, needsBias]) => [
    needsX ? convolved(grad, weight, null, size) : null,
    needsWeight ? correlated(grad, x, size) : null,
    needsBias ? channelSums(grad) : null,
  ]);
}

/** The convolution of images x, off the tape. */
function convolved(x: Tensor, weight: Tensor, bias: Tensor | null, size: ConvolutionSize): Tensor {
  const device = deviceOf('convolve', x, weight, ...(bias === null ? [] : [bias]));
  if (device !== null) return withBias(device.convolve(x, weight, size), bias);
  const shape = [size.images, size.outChannels, ...size.output];
  return new Tensor(convolve(x.data, weight.data, size, bias?.data), shape);
}

/** Its transpose: from images of the output's size to those of the input's. */
function convolvedBack(y: Tensor, weight: Tensor, bias: Tensor | null, size: ConvolutionSize): Tensor {
  const device = deviceOf('convolve transposed', y, weight, ...(bias === null ? [] : [bias]));
  if (device !== null) return withBias(device.convolveBack(y, weight, size), bias);
  const out = convolveBack(y.data, weight.data, size);
  if (bias !== null) addToChannels(out, bias.data, size.input[0] * size.input[1]);
  return new Tensor(out, [size.images, size.channels, ...size.input]);
}

/** The gradient in the weight, of images x on the input's side and y on the output's. */
function correlated(x: Tensor, y: Tensor, size: ConvolutionSize): Tensor {
  const shape = [size.outChannels, size.channels / size.groups, ...size.kernel];
  return x.device?.correlate(x, y, size) ?? new Tensor(correlate(x.data, y.data, size), shape);
}

/** Images on a device with a value added to each channel. */
function withBias(images: Tensor, bias: Tensor | null): Tensor {
  return bias === null ? images : images.device!.map('add', [images, new Tensor(bias.storage, [bias.size, 1, 1])]);
}

/** Adds a value to each channel of images (N, C, H, W). */
function addToChannels(images: Float32Array, values: Float32Array, places: number): void {
  for (let at = 0, c = 0; at < images.length; at += places, c = (c + 1) % values.length) {
    const value = values[c]!;
    for (let i = at; i < at + places; i++) images[i]! += value;
  }
}

/** Sums over each channel of images (N, C, H, W). */
function channelSums(grad: Tensor): Tensor {
  const [images, channels, height, width] = grad.shape as [number, number, number, number];
  if (grad.device !== null) return new Tensor(sumTo(grad, [channels, 1, 1]).storage, [channels]);
  const sums = new Float64Array(images * channels);
  sumLinesInto(grad.data, height * width, sums);
  return sumByChannel(sums, channels);
}
