import { InvalidInputError, show, showShape } from '../../../errors/index.ts';
import { Tensor } from '../../tensor/index.ts';

/** An image as decoders and the browser's canvas give it (`ImageData`): pixel by pixel, row by row. */
export interface Pixels {
  /** `height * width * channels` samples; of 8 bits, or of 16. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Pixels of shape (height, width, channels), 0 to 255 or 65535, as a tensor of shape (channels, height, width), 0 to 1:
 * `ToImage` and `ToDtype(torch.float32, scale=True)` of torchvision.transforms.v2.
 *
 * @throws InvalidInputError unless the data hold the same number of samples for every pixel
 *
 * @example
 * import { toTensor } from 'fitwise/nn';
 * toTensor({ data: Uint8Array.of(255, 0, 51, 0), width: 2, height: 1 }).toArray(); // [[[1, Math.fround(0.2)]], [[0, 0]]]
 */
export function toTensor(image: Pixels): Tensor {
  const { data, width, height } = image;
  const channels = channelsOf('make a tensor of pixels', image);
  const most = data instanceof Uint16Array ? 65535 : 255;
  const plane = width * height;
  const values = new Float32Array(data.length);
  for (let pixel = 0, at = 0; pixel < plane; pixel++) {
    for (let c = 0; c < channels; c++) values[c * plane + pixel] = data[at++]! / most;
  }
  return new Tensor(values, [channels, height, width]);
}

/** Samples of a pixel. */
export function channelsOf(action: string, image: Pixels): number {
  const { data, width, height } = (image ?? {}) as Partial<Pixels>;
  const isData = data instanceof Uint8Array || data instanceof Uint8ClampedArray || data instanceof Uint16Array;
  if (!isData) {
    const rule = 'pixels must be { data, width, height } with data of 8 or 16 bits';
    throw new InvalidInputError({ action, rule, received: show(image) });
  }
  const channels = data.length / (width! * height!);
  if (!isCount(width) || !isCount(height) || !isCount(channels)) {
    const rule = 'data must hold height * width * channels samples';
    throw new InvalidInputError({ action, rule, received: `${data.length} for ${showShape(height!, width!)}` });
  }
  return channels;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
