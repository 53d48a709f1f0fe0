/** Damaged and hostile files, down to the container's bytes. */
import { expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/core/safetensors.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import { fromBytes, toBytes } from '../../src/registry/index.ts';
import { refusal } from '../helpers/refusal.ts';

const METADATA = { format: 'fitwise' };
const whole = writeSafetensors({ metadata: METADATA, tensors: [Float64Array.of(1, 2), Uint8Array.of(3)] });

/** A container with a header of one's own, and bytes behind it. */
function container(header: unknown, data = new Uint8Array(24)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const tensor = (dtype: unknown, shape: unknown, offsets: unknown) => ({ dtype, shape, data_offsets: offsets });
const refused = (bytes: unknown) => refusal(() => readSafetensors(bytes as Uint8Array));
const sentence = (rest: string) => `InvalidFileError: Cannot load a model: ${rest}`;

test('readSafetensors gives what writeSafetensors was given, wherever the bytes lie', () => {
  const shifted = new Uint8Array(whole.length + 3);
  shifted.set(whole, 3);
  for (const bytes of [whole, shifted.subarray(3), Buffer.from(whole)]) {
    expect(readSafetensors(bytes)).toEqual({ metadata: METADATA, tensors: [Float64Array.of(1, 2), Uint8Array.of(3)] });
  }
});

test('the format is the public one: a length, a JSON header padded to 8 bytes, offsets without gaps', () => {
  const length = Number(new DataView(whole.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(whole.subarray(8, 8 + length)))).toEqual({
    __metadata__: METADATA,
    0: tensor('F64', [2], [0, 16]),
    1: tensor('U8', [1], [16, 17]),
  });
  expect(whole.length).toBe(8 + length + 17);
});

test('a file cut short at any length is refused', async () => {
  const bytes = toBytes(
    await new StandardScaler().fit([
      [1, 2],
      [3, 5],
    ]),
  );
  for (let length = 0; length < bytes.length; length++) {
    expect(await refusal(() => fromBytes(bytes.slice(0, length))), `cut at ${length}`).toMatch(
      /^InvalidFileError: Cannot load a model: .* must .*, received /,
    );
  }
});

test('a byte more, or one that was changed anywhere, is refused', async () => {
  const bytes = toBytes(
    await new StandardScaler().fit([
      [1, 2],
      [3, 5],
    ]),
  );
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  expect(await refusal(() => fromBytes(longer))).toBe(
    sentence('the file must end with its last tensor, received 1 bytes more'),
  );
  const header = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  // Another minor version is another version of the format that is read.
  const minor = new TextDecoder('latin1').decode(bytes).indexOf('"version":"1.0"') + '"version":"1.'.length;
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at]! ^= 0x01;
    const isPadding = at >= 8 && at < 8 + header && bytes[at] === 0x20;
    if (!isPadding && at !== minor)
      expect(await refusal(() => fromBytes(changed)), `byte ${at}`).toMatch(/^InvalidFileError: Cannot load/);
  }
});

test('a header length that lies is refused before anything is read', async () => {
  for (const length of [2n ** 64n - 1n, 2n ** 53n, 100_000_001n, BigInt(whole.length)]) {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    expect(await refused(bytes)).toBe(
      sentence(`the header must lie within the file, received header length ${length} in ${whole.length} bytes`),
    );
  }
  expect(await refused(new Uint8Array(7))).toBe(
    sentence('the file must begin with a length of 8 bytes, received 7 bytes'),
  );
});

const BEHIND = 'must lie right behind the one before and within the file, received offsets';
const HEADERS: readonly (readonly [what: string, header: unknown, rest: string])[] = [
  ['text', 'no JSON', 'the header must be JSON, received another text'],
  ['a list', [1], 'the header must be a JSON object, received [1]'],
  ['null', 'null', 'the header must be a JSON object, received null'],
  ['metadata of numbers', { __metadata__: { a: 1 } }, 'the file must end with its last tensor, received 24 bytes more'],
  ['an unknown type', { 0: tensor('F16', [12], [0, 24]) }, "tensor 0 must have a known type, received 'F16'"],
  [
    'an inherited type',
    { 0: tensor('toString', [3], [0, 24]) },
    "tensor 0 must have a known type, received 'toString'",
  ],
  ['two dimensions', { 0: tensor('F64', [1, 3], [0, 24]) }, 'tensor 0 must have one dimension, received [1, 3]'],
  ['a negative size', { 0: tensor('F64', [-3], [0, 24]) }, 'tensor 0 must have one dimension, received [-3]'],
  ['a size that lies', { 0: tensor('F64', [4], [0, 24]) }, `tensor 0 ${BEHIND} [0, 24]`],
  ['a vast size', { 0: tensor('U8', [2 ** 52], [0, 2 ** 52]) }, `tensor 0 ${BEHIND} [0, 4503599627370496]`],
  ['a gap at the start', { 0: tensor('F64', [2], [8, 24]) }, `tensor 0 ${BEHIND} [8, 24]`],
  ['a backward offset', { 0: tensor('F64', [3], [24, 0]) }, `tensor 0 ${BEHIND} [24, 0]`],
  ['offsets of text', { 0: tensor('F64', [3], ['0', '24']) }, "tensor 0 must have two offsets, received ['0', '24']"],
  ['three offsets', { 0: tensor('F64', [3], [0, 8, 24]) }, 'tensor 0 must have two offsets, received [0, 8, 24]'],
  ['an overlap', { 0: tensor('F64', [2], [0, 16]), 1: tensor('F64', [2], [8, 24]) }, `tensor 1 ${BEHIND} [8, 24]`],
  ['a gap', { 0: tensor('F64', [1], [0, 8]), 1: tensor('F64', [1], [16, 24]) }, `tensor 1 ${BEHIND} [16, 24]`],
  ['another name', { a: tensor('F64', [3], [0, 24]) }, 'tensor 0 must have a known type, received undefined'],
  ['null for a tensor', { 0: null }, 'tensor 0 must have a known type, received undefined'],
  ['__proto__', '{ "__proto__": { "dtype": "F64" } }', 'tensor 0 must have a known type, received undefined'],
];

for (const [what, header, rest] of HEADERS) {
  test(`a header with ${what} is refused`, async () => {
    expect(await refused(container(header))).toBe(sentence(rest));
  });
}

test('metadata must be text by name', async () => {
  const nothing = new Uint8Array(0);
  expect(await refused(container({ __metadata__: { a: 1 } }, nothing))).toBe(
    sentence("the metadata must be text by name, received object with keys ['a']"),
  );
  expect(await refused(container({ __metadata__: null }, nothing))).toBe(
    sentence('the metadata must be text by name, received null'),
  );
});

test('what is no Uint8Array is refused', async () => {
  expect(await refused('model')).toBe(sentence("the bytes must be a Uint8Array, received 'model'"));
  expect(await refused(new ArrayBuffer(64))).toBe(sentence('the bytes must be a Uint8Array, received ArrayBuffer'));
});
