import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  BatchNorm1d,
  Linear,
  loadWeights,
  readTorchFile,
  readWeights,
  Sequential,
  type StateDict,
  saveWeights,
  tensor,
  tensorsFromBytes,
  tensorsToBytes,
} from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const file = (name: string) => new Uint8Array(readFileSync(new URL(name, import.meta.url)));
const { state, output } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8'));
const plain = (dict: StateDict) => Object.fromEntries(Object.entries(dict).map(([name, x]) => [name, x.toArray()]));
const rounded = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(rounded) : typeof value === 'number' ? Math.fround(value) : value;

test("torch's own file and its safetensors hold the same state dict, counts among it", () => {
  const expected = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, rounded(values)]));
  expect(plain(readWeights(file('state-dict.pth')))).toEqual(expected);
  expect(plain(readWeights(file('state-dict.safetensors')))).toEqual(expected);
});

test('a module with torch weights gives what torch gives', () => {
  const net = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
  net.loadStateDict(readWeights(file('state-dict.pth')));
  const given = net.eval().forward(tensor([[1, -2, 0.5]]));
  expect([...given.data]).toEqual([...Float32Array.from(output[0])].map(value => expect.closeTo(value, 6)));
});

test('strided, half, bfloat and double tensors, under a key of the file', () => {
  const weights = plain(readTorchFile(file('nested.pth'), { key: 'weights' }));
  expect(weights.strided).toEqual([
    [1, 9],
    [2, 10],
    [3, 11],
  ]);
  expect(weights.half).toEqual([1, -0, 2 ** -14 * (1023 / 1024), 2 ** -24, 65504, Infinity]);
  expect(weights.double).toEqual([1, -0, 6.1e-5, 5.96e-8, 65504, Infinity].map(Math.fround));
  expect((weights.bfloat as number[])[4]).toBe(65536);
});

test('whole numbers of all sizes and booleans become floats', () => {
  expect(plain(readTorchFile(file('integers.pth')))).toEqual({
    bool: [1, 0],
    byte: [0, 255],
    char: [-128, 127],
    short: [-32768, 32767, 0],
    int: [-(2 ** 31), 5],
  });
});

test('a storage that is no whole number of values is refused: six bytes of floats', async () => {
  const bytes = file('integers.pth');
  const at = Buffer.from(bytes).indexOf('ShortStorage');
  bytes.set(Buffer.from('FloatStorage'), at);
  expect(await refusal(() => readTorchFile(bytes))).toBe(
    "InvalidFileError: Cannot load a torch file: storages must be whole, received '3'",
  );
});

test('what is no state dict is refused, and nothing that a pickle names is called', async () => {
  expect(await refusal(() => readTorchFile(file('nested.pth')))).toBe(
    "InvalidFileError: Cannot load a torch file: it must hold a state dict: tensors by name, received a dict with keys ['epoch', 'weights', 'list']; pass { key } where it is a part",
  );
  expect(await refusal(() => readTorchFile(file('harmful.pth')))).toMatch(
    /^InvalidFileError: Cannot read a pickle: it may name .* only, received '(__builtin__|builtins) print'$/,
  );
});

test('a torch file that is cut short anywhere is refused by a sentence', async () => {
  const whole = file('state-dict.pth');
  for (let length = 0; length < whole.length; length += 37) {
    expect(await refusal(() => readTorchFile(whole.slice(0, length))), `cut at ${length}`).toMatch(
      /^InvalidFileError: /,
    );
  }
});

test('a torch file with any byte of its pickle changed is read or refused, and never throws anything else', async () => {
  const whole = file('state-dict.pth');
  const start = new TextDecoder('latin1').decode(whole).indexOf('\x80\x02ccollections');
  for (let at = start; at < start + 700; at++) {
    const changed = whole.slice();
    changed[at]! ^= 0x21;
    expect(await refusal(() => readTorchFile(changed)), `byte ${at}`).toMatch(/^(accepted$|InvalidFileError: )/);
  }
});

test('tensors survive their file: names, shapes and values, a scalar and an empty one among them', () => {
  const tensors = { 'b.c': tensor([[1, 2]]), a: tensor(7), none: tensor([]), 'bn.num_batches_tracked': tensor(3) };
  const bytes = tensorsToBytes(tensors, { note: 'mine' });
  const { tensors: copy, metadata } = tensorsFromBytes(bytes);
  expect(plain(copy)).toEqual(plain(tensors));
  expect(metadata).toEqual({ format: 'pt', note: 'mine' });
  // The count, of eight bytes, comes first.
  expect(new TextDecoder().decode(bytes.subarray(8))).toContain('"dtype":"I64","shape":[],"data_offsets":[0,8]');
});

test('tensor files: gaps, overlaps, unknown types and lengths that lie are refused', async () => {
  const bytes = tensorsToBytes({ a: tensor([1, 2]), b: tensor([3]) });
  const text = new TextDecoder('latin1').decode(bytes);
  const forge = (from: string, to: string) => Uint8Array.from(text.replace(from, to), c => c.charCodeAt(0));
  const sentences = [
    [forge('"F32"', '"F99"'), "tensor 'a' must have one of the types"],
    [forge('[2]', '[3]'), "tensor 'a' must lie within the file and fill its shape, received offsets [0, 8]"],
    [forge('[0,8]', '[4,8]'), "tensor 'a' must lie within the file and fill its shape"],
    [forge('[8,12]', '[4, 8]'), "tensor 'b' must lie right behind the one before, received offset 4"],
    [bytes.slice(0, -1), "tensor 'b' must lie within the file"],
  ] as const;
  for (const [forged, sentence] of sentences) {
    expect(await refusal(() => tensorsFromBytes(forged))).toContain(
      `InvalidFileError: Cannot load tensors: ${sentence}`,
    );
  }
});

test('saveWeights and loadWeights: a module comes back from a file', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const folder = await mkdtemp('/tmp/fitwise-');
  const [one, other] = [new Linear(3, 2, { randomState: 1 }), new Linear(3, 2, { randomState: 2 })];
  await saveWeights(one, `${folder}/linear.safetensors`);
  other.loadStateDict(await loadWeights(`${folder}/linear.safetensors`));
  expect(plain(other.stateDict())).toEqual(plain(one.stateDict()));
  await rm(folder, { recursive: true });
});
