/** The parts of a PNG file (W3C, "Portable Network Graphics", third edition, 2025, sections 5 and 11). */
import { InvalidFileError, show } from '../../../errors/index.ts';
import { crcOf } from '../crc.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 13;

/** Kinds of colour by their numbers: channels, and the bits that a sample may have. */
const COLOURS: Readonly<Record<number, { readonly channels: number; readonly depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** Samples of a pixel; one, where it is a place in the palette. */
  readonly channels: number;
  readonly hasPalette: boolean;
  readonly isInterlaced: boolean;
}

export interface PngChunks {
  readonly header: PngHeader;
  /** Three bytes a colour; empty where there is none. */
  readonly palette: Uint8Array;
  /** Alpha of the palette's colours, or the one colour that is transparent; empty where there is none. */
  readonly transparency: Uint8Array;
  /** The image, packed by deflate. */
  readonly packed: Uint8Array;
}

const crc32 = crcOf(0xedb88320);

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * What an image needs of its file; other chunks, which any reader may leave out, are.
 *
 * @throws InvalidFileError if it is no PNG file, cut short, or changed
 */
export function readChunks(bytes: Uint8Array): PngChunks {
  if (!isPng(bytes)) refuse('it must begin as PNG files do', show(bytes.subarray(0, 8)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Record<string, Uint8Array[]> = { IHDR: [], PLTE: [], tRNS: [], IDAT: [] };
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length) refuse("it must end with the chunk 'IEND'", `${bytes.length} bytes`);
    const end = at + 8 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end + 4 > bytes.length) refuse(`chunk ${show(name)} must lie within the file`, `${end - at - 8} bytes`);
    if (at === SIGNATURE.length && name !== 'IHDR') refuse("its first chunk must be 'IHDR'", show(name));
    if (name === 'IEND') break;
    if (Object.hasOwn(found, name)) {
      if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
        refuse(`chunk ${show(name)} must have its checksum`, 'another');
      }
      found[name]!.push(bytes.subarray(at + 8, end));
    } else if (/^[A-Z]/.test(name)) {
      refuse('its chunks must be known where an image cannot do without', show(name));
    }
    at = end + 4;
  }
  return { header: readHeader(found.IHDR!), ...readColours(found), packed: join(found.IDAT!) };
}

function readHeader([chunk, ...others]: readonly Uint8Array[]): PngHeader {
  if (chunk?.length !== HEADER_BYTES || others.length > 0) {
    return refuse(`it must have one header, of ${HEADER_BYTES} bytes`, `${chunk?.length ?? 0}`);
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, packing, filter, interlacing] = chunk.subarray(8) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const colour = COLOURS[kind];
  if (width === 0 || height === 0 || width >= 2 ** 31 || height >= 2 ** 31) {
    refuse('its sides must have 1 to 2^31 - 1 pixels', `${width} and ${height}`);
  }
  if (colour === undefined || !colour.depths.includes(depth) || packing !== 0 || filter !== 0 || interlacing > 1) {
    return refuse('its kind of image must be one that the standard knows', show(chunk.subarray(8)));
  }
  const { channels } = colour;
  return { width, height, depth, channels, hasPalette: kind === 3, isInterlaced: interlacing === 1 };
}

function readColours({ PLTE: palettes, tRNS: alphas }: Record<string, Uint8Array[]>) {
  const [palette, transparency] = [palettes?.[0] ?? new Uint8Array(0), alphas?.[0] ?? new Uint8Array(0)];
  if (palettes!.length > 1 || alphas!.length > 1 || palette.length % 3 !== 0 || palette.length > 3 * 256) {
    refuse('it must have at most one palette, of up to 256 colours', `${palettes!.length} of ${palette.length} bytes`);
  }
  return { palette, transparency };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'read a PNG image', rule, received });
}
