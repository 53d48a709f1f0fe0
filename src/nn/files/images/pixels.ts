import { InvalidInputError, show, showShape } from '../../../errors/index.ts';

/** An image as decoders and the browser's canvas give it (`ImageData`): pixel by pixel, row by row. */
export interface Pixels {
  /** `height * width * channels` samples; of 8 bits, or of 16. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Samples of a pixel.
 *
 * @throws InvalidInputError unless the data hold the same number of samples for every pixel
 */
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
