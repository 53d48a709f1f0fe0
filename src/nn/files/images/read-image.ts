import { InvalidFileError, show } from '../../../errors/index.ts';
import { checkBytes } from '../check-bytes.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import type { ReadImageOptions } from './options.ts';
import type { Pixels } from './pixels.ts';
import { readPng } from './png.ts';
import { isPng } from './png-chunks.ts';

/**
 * The pixels of a PNG or JPEG file, whichever its first bytes say: {@link readPng}, {@link readJpeg}.
 *
 * @throws InvalidFileError if it is neither, damaged, or has more pixels than `maxPixels`
 * @throws UnsupportedError if it is a JPEG file and `jpeg-js` is not installed
 *
 * @example
 * import { readImage } from 'fitwise/nn';
 * const file = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=';
 * const { width, height } = await readImage(Uint8Array.from(atob(file), character => character.charCodeAt(0)));
 * [width, height]; // [2, 1]
 */
export async function readImage(bytes: Uint8Array, options: ReadImageOptions = {}): Promise<Pixels> {
  checkBytes('read an image', bytes);
  if (isPng(bytes)) return readPng(bytes, options);
  if (isJpeg(bytes)) return readJpeg(bytes, options);
  const rule = 'it must be a PNG or a JPEG file';
  throw new InvalidFileError({ action: 'read an image', rule, received: show(bytes.subarray(0, 8)) });
}
