import { InvalidFileError, show, UnsupportedError } from '../../../errors/index.ts';
import { checkBytes } from '../check-bytes.ts';
import { toMode } from './image-mode.ts';
import { imageOptions, type ReadImageOptions } from './options.ts';
import type { Pixels } from './pixels.ts';

const ACTION = 'read a JPEG image';
/** A block of 8 x 8 pixels takes a bit at least, so that a byte holds no more pixels than these. */
const MOST_PIXELS_A_BYTE = 512;
/** What the decoder may take, in bytes: four channels of coefficients, samples and results, and whole blocks at the edges. */
const BYTES_A_PIXEL = 32;
const BYTES_BESIDES = 2 ** 24;
/** A scan of ten bytes may visit every block, so that a small file could take hours; cameras and editors write about ten. */
const MOST_SCANS = 500;

/**
 * The pixels of a JPEG file, baseline or progressive, by the optional package `jpeg-js`.
 *
 * Values are within 1 to 3 of libjpeg's (Pillow's), but where colour is stored at half the resolution: there the pixel's
 * own value is taken, while libjpeg smooths between neighbours. The orientation that a camera notes is left alone.
 *
 * @returns grey (1 channel) or colour (3), unless `mode` says which
 * @throws InvalidFileError if the file is damaged, a length lies, or the image has more pixels than `maxPixels`
 * @throws UnsupportedError if `jpeg-js` is not installed, or the file is compressed in another way
 */
export async function readJpeg(bytes: Uint8Array, options: ReadImageOptions = {}): Promise<Pixels> {
  const { mode, maxPixels } = imageOptions('readJpeg', options);
  checkBytes(ACTION, bytes);
  const { width, height, channels } = readFrame(bytes);
  const pixels = width * height;
  if (pixels > maxPixels) refuse(`it must have at most ${maxPixels} pixels`, `${width} x ${height}`);
  if (pixels > MOST_PIXELS_A_BYTE * bytes.length) {
    refuse(`it must hold its ${width} x ${height} pixels`, `${bytes.length} bytes`);
  }
  const scans = countScans(bytes);
  if (scans > MOST_SCANS) refuse(`it must have at most ${MOST_SCANS} scans`, `${scans}`);
  const data = await decode(bytes, pixels);
  // The decoder repeats grey three times.
  const grey = () => Uint8Array.from({ length: pixels }, (_, pixel) => data[3 * pixel]!);
  return toMode({ data: channels === 1 ? grey() : data, width, height }, mode);
}

/** Red, green and blue of so many pixels. */
async function decode(bytes: Uint8Array, pixels: number): Promise<Uint8Array> {
  const jpeg = await loadJpegJs();
  const settings = {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: (pixels + 1) / 1e6,
    maxMemoryUsageInMB: (BYTES_BESIDES + BYTES_A_PIXEL * pixels) / 2 ** 20,
  } as const;
  try {
    const { data } = jpeg.decode(bytes, settings);
    if (data.length === 3 * pixels) return data;
  } catch (cause) {
    const problem = { action: ACTION, rule: 'it must be whole and well-formed', received: messageOf(cause) };
    const error = new InvalidFileError(problem);
    error.cause = cause;
    throw error;
  }
  return refuse('it must have one frame', 'several of different sizes');
}

/** @throws UnsupportedError where it is not installed */
async function loadJpegJs(): Promise<typeof import('jpeg-js')> {
  try {
    return await import('jpeg-js');
  } catch (cause) {
    const problem = { action: ACTION, rule: 'the package jpeg-js must be installed', received: messageOf(cause) };
    const error = new UnsupportedError({ ...problem, repair: 'npm install jpeg-js' });
    error.cause = cause;
    throw error;
  }
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** The frame header, to which one comes from segment to segment (ITU-T T.81, 1992, annex B). */
function readFrame(bytes: Uint8Array): Frame {
  if (!isJpeg(bytes)) refuse('it must begin as JPEG files do', show(bytes.subarray(0, 3)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) refuse('its segments must follow one another', `byte ${bytes[at]} at ${at}`);
    const marker = bytes[at + 1]!;
    // Bytes of filling.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) refuse('its segments must be whole', `${length} bytes at ${at}`);
    if (isFrame(marker)) return frameOf(marker, bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return refuse('it must have a frame', 'none');
}

/** In coded data the marker's first byte is always followed by another. */
function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xda) scans++;
  return scans;
}

/** All but the tables of codes (C4), extensions (C8) and conditioning (CC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function frameOf(marker: number, segment: Uint8Array): Frame {
  if (segment.length < 6) refuse('its frame must be whole', `${segment.length} bytes`);
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const [precision, height, width, channels] = [segment[0], view.getUint16(1), view.getUint16(3), segment[5]!];
  if (marker > 0xc2 || precision !== 8) {
    const rule = 'it must be baseline or progressive, of 8 bits';
    throw new UnsupportedError({
      action: ACTION,
      rule,
      received: `frame C${(marker & 15).toString(16)}, ${precision} bits`,
    });
  }
  if (width === 0 || height === 0 || ![1, 3, 4].includes(channels)) {
    refuse('its frame must have pixels of 1, 3 or 4 channels', `${width} x ${height} of ${channels}`);
  }
  return { width, height, channels };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? `'${cause.message}'` : show(cause);
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: ACTION, rule, received });
}
