/** Files of arrays that numpy wrote (make_array_files.py), and those that are damaged. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NumberArray, npyToBytes, readIdx, readNpy, readNpz, tensor } from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

interface Held {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

const golden = JSON.parse(readFileSync(new URL('array-files.json', import.meta.url), 'utf8')) as {
  readonly npy: Readonly<Record<string, Held & { readonly npy: string }>>;
  readonly refused: Readonly<Record<string, string>>;
  readonly npz: Readonly<Record<string, string>>;
  readonly idx: Readonly<Record<string, Held & { readonly idx: string }>>;
  readonly images: Held & { readonly idx: string };
};

const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const plain = ({ data, shape }: NumberArray) => ({ shape, values: Array.from(data) });
const expected = ({ shape, values }: Held) => ({ shape, values: values.map(Number) });
const cube = decode(golden.npy['version 2']!.npy);
/** The bytes of a file whose head has been changed, to one of the same length. */
const forge = (from: string, to: string, bytes = decode(golden.npy['<f4']!.npy)) =>
  Uint8Array.from(Buffer.from(bytes).toString('latin1').replace(from, to), c => c.charCodeAt(0));

test.each(Object.entries(golden.npy))('readNpy: %s', (_, file) => {
  expect(plain(readNpy(decode(file.npy)))).toEqual(expected(file));
});

test('readNpy keeps the type of the numbers, but halves and whole numbers of 64 bits', () => {
  const typeOf = (name: string) => Object.prototype.toString.call(readNpy(decode(golden.npy[name]!.npy)).data);
  expect(['<f8', '>f4', '>u2', '<i1', '<f2', '>i8', 'bool'].map(typeOf)).toEqual(
    ['Float64', 'Float32', 'Uint16', 'Int8', 'Float32', 'Float64', 'Uint8'].map(name => `[object ${name}Array]`),
  );
});

test('tensor takes what array readers give', () => {
  expect(tensor(readNpy(cube)).shape).toEqual([2, 3, 4]);
  expect(tensor(readNpy(decode(golden.npy.scalar!.npy))).item()).toBe(7);
});

test('law: numbers survive npyToBytes and readNpy, type and shape with them', () => {
  const types = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.array(fc.nat(3), { maxLength: 4 }), (type, shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const array = { data: new type(Array.from({ length: size }, (_, i) => 250 - i * 7)), shape };
      expect(readNpy(npyToBytes(array))).toStrictEqual(array);
    }),
  );
});

test('npyToBytes writes the bytes that numpy writes', () => {
  for (const name of ['<f8', '<i2', '<u1', 'scalar', 'empty']) {
    const bytes = decode(golden.npy[name]!.npy);
    expect(npyToBytes(readNpy(bytes)), name).toEqual(bytes);
  }
});

test('npyToBytes refuses what is no array of numbers', async () => {
  expect(await refusal(() => npyToBytes({ data: Int8Array.of(1), shape: [2] }))).toBe(
    'InvalidInputError: Cannot write an npy file: it must be a typed array of numbers with a shape that holds them, received 1 values and the shape [2]',
  );
  expect(await refusal(() => npyToBytes({ data: [1] as never, shape: [1] }))).toMatch(/received \[1\]$/);
});

test('npy files of anything but numbers are refused, and no object is read', async () => {
  const types = 'its values must be of one of the types f8, f4, f2, i8, u8, i4, u4, i2, u2, i1, u1, b1, received';
  const sentences = [
    [decode(golden.refused.complex!), `${types} '<c16'`],
    [decode(golden.refused.text!), `${types} '<U1'`],
    [decode(golden.refused.objects!), `${types} '|O'`],
    [decode(golden.refused.fields!), 'its head must be a dict of descr, fortran_order and shape, received '],
    [decode(golden.refused.large!), 'whole numbers of 64 bits must fit 53, received 9007199254740993'],
  ] as const;
  for (const [bytes, sentence] of sentences)
    expect(await refusal(() => readNpy(bytes))).toContain(`InvalidFileError: Cannot read an npy file: ${sentence}`);
});

test('npy files: wrong beginnings, versions, heads and lengths that lie are refused by a sentence', async () => {
  const sentences = [
    [new Uint8Array(0), "it must begin with '\\x93NUMPY', received other bytes"],
    [forge('Y\x01', 'Y\x04'), 'its version must be 1, 2 or 3, received 4'],
    [forge('Y\x01\x00v\x00', 'Y\x01\x00v\x80'), 'its head must have at most 10000 bytes, received 32886'],
    [forge('(2, 3)', '(2, 4)'), 'it must hold the values of shape (2, 4), received 24 bytes of 4 a value'],
    [
      forge('(2, 3), }          ', '(99999999999999), }'),
      'it must hold the values of shape (99999999999999,), received',
    ],
    [forge('(2, 3), }            ', '(99999999999999999), '), 'its head must be a dict'],
    [forge('(2, 3), }               ', '(99999999999999999), }  '), "its shape must be whole numbers, received ['9999"],
    [forge('(2, 3)', '(2 3) '), "its shape must be whole numbers, received ['2 3']"],
    [forge('False', 'exec '), 'its head must be a dict of descr, fortran_order and shape, received '],
    [decode(golden.npy['<f4']!.npy).slice(0, -1), 'it must hold the values of shape (2, 3), received 23 bytes'],
  ] as const;
  for (const [bytes, sentence] of sentences)
    expect(await refusal(() => readNpy(bytes))).toContain(`InvalidFileError: Cannot read an npy file: ${sentence}`);
  expect(await refusal(() => readNpy(new ArrayBuffer(8) as never))).toBe(
    'InvalidInputError: Cannot read an npy file: bytes must be a Uint8Array, received ArrayBuffer; pass new Uint8Array(buffer)',
  );
});

test.each(Object.entries(golden.npz))('readNpz: %s members', async (_, file) => {
  const { cube: middle, line } = await readNpz(decode(file));
  expect([middle!.shape, plain(line!)]).toEqual([[2, 3, 4], { shape: [5], values: [0, 0.25, 0.5, 0.75, 1] }]);
});

test('readNpz: members that share their bytes are refused', async () => {
  const [local, place, end] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.alloc(22)];
  local.writeUInt32LE(0x04034b50);
  place.writeUInt32LE(0x02014b50);
  for (const at of [20, 24]) place.writeUInt32LE(500, at);
  place.writeUInt16LE(1, 28);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(3, 10);
  end.writeUInt32LE(530, 16);
  const directory = ['a', 'b', 'c'].flatMap(name => [place, Buffer.from(name)]);
  const archive = new Uint8Array(Buffer.concat([local, Buffer.alloc(500), ...directory, end]));
  expect(await refusal(() => readNpz(archive))).toBe(
    'InvalidFileError: Cannot read a zip archive: its members must not overlap, received 1500 bytes of 693',
  );
});

test.each(Object.entries(golden.idx))('readIdx: %s', async (_, file) => {
  expect(plain(await readIdx(decode(file.idx)))).toEqual(expected(file));
});

test('readIdx: packed by gzip', async () => {
  expect(plain(await readIdx(decode(golden.images.idx)))).toEqual(expected(golden.images));
});

test('IDX files: wrong beginnings and lengths that lie are refused by a sentence, before memory is taken', async () => {
  const { gzipSync } = await import('node:zlib');
  const huge = Uint8Array.of(0, 0, 8, 3, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
  const large = Uint8Array.of(0, 0, 14, 1, 127, 255, 255, 255);
  const zeros = Buffer.concat([Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2), Buffer.alloc(2 ** 28)]);
  const bomb = new Uint8Array(gzipSync(zeros));
  const sentences = [
    [new Uint8Array(0), 'it must begin with two zeros and a type of values, received []'],
    [Uint8Array.of(0, 0, 10, 1), 'it must begin with two zeros and a type of values, received [0, 0, 10, 1]'],
    [Uint8Array.of(0, 0, 8, 2, 0), 'it must have the lengths of its 2 axes, received 5 bytes'],
    [huge, 'its lengths must be possible, received shape (65535, 4294967295, 4294967295)'],
    [large, 'it must hold the values of shape (2147483647,), received 8 bytes'],
    [new Uint8Array(gzipSync(large)), 'its packed part must hold 17179869184 bytes, received 8'],
    [Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5, 6), 'it must hold the values of shape (1,), received 10 bytes'],
    // 256 MB of zeros, of which the head says that there are 2 bytes; the end, which is damaged, is never reached.
    [bomb.with(-1, 77), 'its packed part must hold 10 bytes, received more'],
    [new Uint8Array(gzipSync(huge)).slice(0, -4), 'its packed part must be a whole gzip stream, received '],
  ] as const;
  for (const [bytes, sentence] of sentences)
    expect(await refusal(() => readIdx(bytes))).toContain(`InvalidFileError: Cannot read an IDX file: ${sentence}`);
});

test('array files that are cut or changed anywhere are read or refused, and nothing else is thrown', async () => {
  const files = [
    [cube, readNpy],
    [decode(golden.npz.stored!), readNpz],
    [decode(golden.npz.packed!), readNpz],
    [decode(golden.images.idx), readIdx],
    [decode(golden.idx.f4!.idx), readIdx],
  ] as const;
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
        for (const bytes of [changed, whole.slice(0, cut % whole.length), changed.slice(0, cut % whole.length)])
          expect(await refusal(() => read(bytes))).toMatch(/^(accepted$|InvalidFileError: Cannot read a)/);
      },
    ),
    { numRuns: 400 },
  );
});
