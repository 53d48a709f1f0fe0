/** Images against Pillow (make_images.py), and files that are damaged or lie. */
import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { crcOf } from '../../../../src/nn/files/crc.ts';
import { type Pixels, readImage, readJpeg, readPng, toTensor } from '../../../../src/nn/index.ts';
import { refusal } from '../../../helpers/refusal.ts';

interface Held {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly pixels: string;
}

const golden = JSON.parse(readFileSync(new URL('images.json', import.meta.url), 'utf8')) as {
  readonly png: Readonly<Record<string, Held>>;
  readonly jpeg: Readonly<Record<string, Held>>;
  readonly 'grey of colour': Held;
};

const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

function expected({ width, height, bits, pixels }: Held): Pixels {
  const bytes = decode(pixels);
  return { data: bits === 16 ? new Uint16Array(bytes.buffer) : bytes, width, height };
}

test.each(Object.entries(golden.png))('readPng: %s', async (_, held) => {
  expect(await readPng(decode(held.file))).toEqual(expected(held));
});

/** The greatest and the mean difference from Pillow's values. */
const CLOSENESS: Readonly<Record<string, readonly [greatest: number, mean: number]>> = {
  'whole colour': [3, 0.6],
  'colour of half the resolution': [14, 4.5],
  progressive: [3, 0.6],
  grey: [1, 0.1],
  restarts: [3, 0.6],
  'cyan, magenta, yellow, black': [3, 0.6],
};

test.each(Object.entries(golden.jpeg))('readJpeg: %s', async (name, held) => {
  const [{ data, ...size }, answer] = [await readJpeg(decode(held.file)), expected(held)];
  expect([size, data.length]).toEqual([{ width: held.width, height: held.height }, answer.data.length]);
  const differences = Array.from(data, (value, i) => Math.abs(value - answer.data[i]!));
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / data.length;
  const [greatest, most] = CLOSENESS[name]!;
  expect(Math.max(...differences)).toBeLessThanOrEqual(greatest);
  expect(mean).toBeLessThanOrEqual(most);
});

const readMode = async (name: string, mode: 'gray' | 'rgb' | 'rgba') =>
  Array.from((await readPng(decode(golden.png[name]!.file), { mode })).data);

test('mode: grey of colours is that of Pillow; grey repeated, and alpha dropped or full, make the others', async () => {
  const colour = golden['grey of colour'];
  expect(await readPng(decode(colour.file), { mode: 'gray' })).toEqual(expected(colour));
  const grey = expected(golden.png['kind 0, 8 bits']!).data;
  expect(await readMode('kind 0, 8 bits', 'rgb')).toEqual(Array.from(grey).flatMap(x => [x, x, x]));
  expect(await readMode('kind 0, 8 bits', 'rgba')).toEqual(Array.from(grey).flatMap(x => [x, x, x, 255]));
  const pair = Array.from(expected(golden.png['kind 4, 16 bits']!).data);
  const pixels = pair.filter((_, i) => i % 2 === 0).map((x, i) => [x, pair[2 * i + 1]!] as const);
  expect(await readMode('kind 4, 16 bits', 'gray')).toEqual(pixels.map(([x]) => x));
  expect(await readMode('kind 4, 16 bits', 'rgba')).toEqual(pixels.flatMap(([x, alpha]) => [x, x, x, alpha]));
  const whole = Array.from(expected(golden.png['kind 6, 8 bits']!).data);
  expect(await readMode('kind 6, 8 bits', 'rgb')).toEqual(whole.filter((_, i) => i % 4 < 3));
});

test('readImage tells by the first bytes, and gives what toTensor takes', async () => {
  const [png, jpeg] = [decode(golden.png['kind 2, 8 bits']!.file), decode(golden.jpeg.grey!.file)];
  expect(await readImage(png)).toEqual(await readPng(png));
  expect(toTensor(await readImage(jpeg)).shape).toEqual([1, 21, 19]);
  expect(await refusal(() => readImage(new Uint8Array(gzipSync('no image')).subarray(0, 2)))).toBe(
    'InvalidFileError: Cannot read an image: it must be a PNG or a JPEG file, received [31, 139]',
  );
});

const crc32 = crcOf(0xedb88320);

function chunk(name: string, data: Uint8Array): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
  whole.writeUInt32BE(data.length, 0);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

/** A grey PNG file of given sides and unpacked lines, with the right checksums. */
function png(width: number, height: number, lines: Uint8Array, more: readonly Buffer[] = [], kind = [8, 0, 0, 0, 0]) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(kind, 8);
  const chunks = [chunk('IHDR', header), ...more, chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]));
}

test('PNG files that lie or are damaged are refused by a sentence, before memory is taken', async () => {
  const good = png(2, 1, Uint8Array.of(0, 1, 2));
  const sentences: readonly (readonly [Uint8Array, string])[] = [
    [new Uint8Array(0), 'it must begin as PNG files do, received []'],
    [good.slice(0, 48), "chunk 'IDAT' must lie within the file, received "],
    [good.slice(0, -1), "it must end with the chunk 'IEND', received "],
    [good.with(30, 9), "chunk 'IHDR' must have its checksum, received another"],
    [png(0, 1, Buffer.alloc(1)), 'its sides must have 1 to 2^31 - 1 pixels, received 0 and 1'],
    [png(2 ** 31, 1, Buffer.alloc(1)), 'its sides must have 1 to 2^31 - 1 pixels, received 2147483648 and 1'],
    [png(65536, 65536, Buffer.alloc(1)), 'it must have at most 89478485 pixels, received 65536 x 65536'],
    [png(2000, 2000, Buffer.alloc(9)), 'its packed part must hold 4002000 bytes, received 9'],
    // 64 MB of zeros for an image of two pixels.
    [png(2, 1, Buffer.alloc(2 ** 26)), 'its packed part must hold 3 bytes, received more'],
    [png(2, 1, Uint8Array.of(5, 1, 2)), 'its lines must have filters 0 to 4, received 5'],
    [
      png(2, 1, Uint8Array.of(0, 1), [], [3, 0, 0, 0, 0]),
      'its kind of image must be one that the standard knows, received [3, 0, 0, 0, 0]',
    ],
    [
      png(2, 1, Uint8Array.of(0, 1, 9), [chunk('PLTE', Buffer.alloc(6))], [8, 3, 0, 0, 0]),
      'its pixels must be of its 2 colours, received colour 9',
    ],
    [
      png(2, 1, Uint8Array.of(0, 1, 1), [chunk('tRNS', Buffer.alloc(3))]),
      'it must have one transparent colour, and no alpha besides, received 3 bytes',
    ],
    [
      png(2, 1, Uint8Array.of(0, 1, 1), [chunk('ABCD', Buffer.alloc(3))]),
      "its chunks must be known where an image cannot do without, received 'ABCD'",
    ],
  ];
  for (const [bytes, sentence] of sentences)
    expect(await refusal(() => readPng(bytes))).toContain(`InvalidFileError: Cannot read a PNG image: ${sentence}`);
  expect(await refusal(() => readPng(good, { maxPixels: 1 }))).toMatch(/at most 1 pixels, received 2 x 1$/);
  expect(await refusal(() => readPng(good, { mode: 'grey' as never }))).toBe(
    "InvalidParamError: Cannot make readPng: mode must be one of ['unchanged', 'gray', 'rgb', 'rgba'], received 'grey'",
  );
  expect((await readPng(good)).data).toEqual(Uint8Array.of(1, 2));
});

test('JPEG files that lie or are damaged are refused by a sentence, before memory is taken', async () => {
  const good = decode(golden.jpeg.grey!.file);
  const frame = good.findIndex((byte, i) => byte === 0xff && good[i + 1] === 0xc0) + 4;
  const changed = (at: number, ...bytes: number[]) => {
    const copy = good.slice();
    copy.set(bytes, frame + at);
    return copy;
  };
  const sentences: readonly (readonly [Uint8Array, string])[] = [
    [new Uint8Array(0), 'InvalidFileError: Cannot read a JPEG image: it must begin as JPEG files do, received []'],
    [
      good.slice(0, 10),
      'InvalidFileError: Cannot read a JPEG image: its segments must be whole, received 16 bytes at 2',
    ],
    [good.slice(0, 20), 'InvalidFileError: Cannot read a JPEG image: it must have a frame, received none'],
    [good.slice(0, -40), 'InvalidFileError: Cannot read a JPEG image: it must be whole and well-formed, received '],
    [changed(1, 255, 255, 255, 255), 'it must have at most 89478485 pixels, received 65535 x 65535'],
    [changed(1, 32, 0, 32, 0), `it must hold its 8192 x 8192 pixels, received ${good.length} bytes`],
    [
      new Uint8Array(Buffer.concat([good, Buffer.from('ffda'.repeat(500), 'hex')])),
      'it must have at most 500 scans, received 501',
    ],
    [changed(1, 0, 0), 'its frame must have pixels of 1, 3 or 4 channels, received 19 x 0 of 1'],
    [
      changed(-3, 0xc9),
      'UnsupportedError: Cannot read a JPEG image: it must be baseline or progressive, of 8 bits, received frame C9, 8 bits',
    ],
  ];
  for (const [bytes, sentence] of sentences) expect(await refusal(() => readJpeg(bytes))).toContain(sentence);
});

test('images that are cut or changed anywhere are read or refused, and nothing else is thrown', async () => {
  const files = [
    ...Object.values(golden.png).map(({ file }) => [decode(file), readPng] as const),
    ...Object.values(golden.jpeg).map(({ file }) => [decode(file), readJpeg] as const),
  ];
  const refused =
    /^(accepted$|InvalidFileError: Cannot read a |UnsupportedError: Cannot read a JPEG image: it must be)/;
  const place = fc.nat(2 ** 16);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(files.length - 1),
      place,
      place,
      fc.integer({ min: 1, max: 255 }),
      async (k, at, cut, bits) => {
        const [whole, read] = files[k]!;
        const changed = whole.slice();
        changed[at % whole.length]! ^= bits;
        for (const bytes of [changed, whole.slice(0, cut % whole.length)])
          expect(await refusal(() => read(bytes))).toMatch(refused);
      },
    ),
    { numRuns: 600 },
  );
});
