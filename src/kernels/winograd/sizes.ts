import type { ConvolutionSize } from '../convolution/sizes.ts';

/** Points at which tiles are multiplied: 4 x 4, for 2 x 2 outputs each. */
export const POINTS = 16;

/** A convolution with kernels of 3 x 3 at steps of 1, in tiles. */
export interface TiledSize {
  readonly images: number;
  readonly channels: number;
  readonly outChannels: number;
  readonly input: readonly [height: number, width: number];
  readonly padding: readonly [top: number, left: number];
  readonly output: readonly [height: number, width: number];
  /** Of one image. */
  readonly tiles: readonly [down: number, across: number];
}

/** With fewer channels on either side, turning tiles over costs more than the products that it saves. */
const FEWEST_CHANNELS = 8;

/** Whether a convolution is done in tiles. */
export function isTiled({
  kernel,
  stride,
  dilation,
  padding,
  groups,
  channels,
  outChannels,
}: ConvolutionSize): boolean {
  const isPlain = [...stride, ...dilation, groups].every(step => step === 1);
  const isThree = kernel[0] === 3 && kernel[1] === 3;
  return isPlain && isThree && Math.max(...padding) <= 2 && Math.min(channels, outChannels) >= FEWEST_CHANNELS;
}

export function tiledSize({ images, channels, outChannels, input, padding, output }: ConvolutionSize): TiledSize {
  const tiles = [Math.ceil(output[0] / 2), Math.ceil(output[1] / 2)] as const;
  return { images, channels, outChannels, input, padding, output, tiles };
}

/** The transpose as a convolution: from the gradient of the output, padded, to that of the input. */
export function turnedSize(size: ConvolutionSize): TiledSize {
  const { channels, outChannels, input, output, padding } = size;
  return tiledSize({
    ...size,
    ...{ channels: outChannels, outChannels: channels, input: output, output: input },
    padding: [2 - padding[0], 2 - padding[1]],
  });
}

/** The weight (O, C, 3, 3) as that of the transpose, (C, O, 3, 3): kernels are turned by half a circle. */
export function turnedWeight(w: Float32Array, { channels, outChannels }: ConvolutionSize): Float32Array {
  const turned = new Float32Array(w.length);
  for (let o = 0; o < outChannels; o++) {
    for (let c = 0; c < channels; c++) {
      const [from, to] = [(o * channels + c) * 9, (c * outChannels + o) * 9];
      for (let i = 0; i < 9; i++) turned[to + i] = w[from + 8 - i]!;
    }
  }
  return turned;
}
