import { checkBytes } from '../check-bytes.ts';
import { inflate } from '../inflate.ts';
import { toMode } from './image-mode.ts';
import { imageOptions, type ReadImageOptions } from './options.ts';
import type { Pixels } from './pixels.ts';
import { type PngChunks, readChunks, refuse } from './png-chunks.ts';
import { lineBytes, samplesOf } from './png-samples.ts';

const ACTION = 'read a PNG image';

/**
 * The pixels of a PNG file: all kinds of colour and depth, interlaced or not. Samples of less than 8 bits and palettes
 * become 8 bits, and transparent colours become alpha; 16 bits stay. Gamma and profiles are left alone, as in Pillow.
 *
 * @returns grey (1 channel), grey and alpha (2), colour (3), or colour and alpha (4), unless `mode` says which
 * @throws InvalidFileError if the file is damaged, a length lies, or the image has more pixels than `maxPixels`
 *
 * @example
 * import { readPng, toTensor } from 'fitwise/nn';
 * const file = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=';
 * const pixels = await readPng(Uint8Array.from(atob(file), character => character.charCodeAt(0)));
 * toTensor(pixels).toArray(); // [[[0, 1]]]
 */
export async function readPng(bytes: Uint8Array, options: ReadImageOptions = {}): Promise<Pixels> {
  const { mode, maxPixels } = imageOptions('readPng', options);
  checkBytes(ACTION, bytes);
  const chunks = readChunks(bytes);
  const { width, height } = chunks.header;
  if (width * height > maxPixels) refuse(`it must have at most ${maxPixels} pixels`, `${width} x ${height}`);
  const lines = await inflate(ACTION, chunks.packed, 'deflate', lineBytes(chunks.header));
  const samples = samplesOf(chunks.header, lines);
  const data = chunks.header.hasPalette ? fromPalette(samples, chunks) : withAlpha(samples, chunks);
  return toMode({ data, width, height }, mode);
}

/** Each colour's red, green and blue, and alpha where the palette has any. */
function fromPalette(places: Uint8Array | Uint16Array, { palette, transparency }: PngChunks): Uint8Array {
  const colours = palette.length / 3;
  if (transparency.length > colours) {
    refuse(`it must have alpha for at most its ${colours} colours`, `${transparency.length}`);
  }
  const channels = transparency.length > 0 ? 4 : 3;
  const data = new Uint8Array(places.length * channels);
  places.forEach((colour, pixel) => {
    if (colour >= colours) refuse(`its pixels must be of its ${colours} colours`, `colour ${colour}`);
    const at = pixel * channels;
    for (let c = 0; c < 3; c++) data[at + c] = palette[3 * colour + c]!;
    if (channels === 4) data[at + 3] = transparency[colour] ?? 255;
  });
  return data;
}

/** Samples of full range, and alpha where one colour is transparent. */
function withAlpha(samples: Uint8Array | Uint16Array, { header, transparency }: PngChunks): Uint8Array | Uint16Array {
  const { depth, channels } = header;
  const most = depth === 16 ? 65535 : 255;
  const scale = depth < 8 ? most / ((1 << depth) - 1) : 1;
  if (transparency.length === 0) return scale === 1 ? samples : samples.map(sample => sample * scale);
  if (transparency.length !== 2 * channels || channels % 2 === 0) {
    refuse('it must have one transparent colour, and no alpha besides', `${transparency.length} bytes`);
  }
  const clear = Array.from({ length: channels }, (_, c) => transparency[2 * c]! * 256 + transparency[2 * c + 1]!);
  const count = (samples.length / channels) * (channels + 1);
  const data = depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  for (let from = 0, to = 0; from < samples.length; from += channels, to += channels + 1) {
    for (let c = 0; c < channels; c++) data[to + c] = samples[from + c]! * scale;
    data[to + channels] = clear.every((sample, c) => sample === samples[from + c]) ? 0 : most;
  }
  return data;
}
