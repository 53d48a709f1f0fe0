/** Files that are whole, but whose contents somebody made up. */
import { expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/core/safetensors.ts';
import { captureWarnings } from '../../src/errors/index.ts';
import { Ridge } from '../../src/linear-model/index.ts';
import { fromBytes, toBytes } from '../../src/registry/index.ts';
import { Probe } from '../../src/testing/probe.ts';
import { savable } from '../contract/registry.ts';
import { refusal } from '../helpers/refusal.ts';
import { entry, forge, setEntry, type Tree } from './forge.ts';

const ridge = await new Ridge().fit(
  [
    [1, 2],
    [3, 5],
    [4, 4],
  ],
  [1, 2, 4],
);
const load = (change: (tree: Tree) => unknown) => refusal(() => fromBytes(forge(ridge, change)));
/** Another node in one place of the estimator's: 1 its class, 2 its parameters, 3 its state, 4 its form of output. */
const loadWith = (at: number, node: unknown) =>
  load(tree => {
    tree[at] = node;
  });
const sentence = (rest: string) => `InvalidFileError: Cannot load a model: ${rest}`;

/** A file with other metadata. */
function withMetadata(change: Readonly<Record<string, string | undefined>>): Uint8Array {
  const { metadata, tensors } = readSafetensors(toBytes(ridge));
  const entries = Object.entries({ ...metadata, ...change }).filter(([, text]) => text !== undefined);
  return writeSafetensors({ metadata: Object.fromEntries(entries) as Record<string, string>, tensors });
}

test('a forged file that says the same is accepted: the checksum finds damage, not malice', async () => {
  expect(await load(() => undefined)).toBe('accepted');
});

const METADATA: readonly (readonly [what: string, change: Record<string, string | undefined>, rest: string])[] = [
  ['of another program', { format: 'pytorch' }, "the format must be 'fitwise', received 'pytorch'"],
  ['without a format', { format: undefined }, "the format must be 'fitwise', received undefined"],
  [
    'of a newer major format',
    { version: '2.0' },
    "the format's version must be 1.x or older, received '2.0'; update fitwise",
  ],
  [
    'of no version',
    { version: 'latest' },
    "the format's version must be 1.x or older, received 'latest'; update fitwise",
  ],
  ['of version 0', { version: '0.9' }, "the format's version must be 1.x or older, received '0.9'; update fitwise"],
  ['with a wrong checksum', { checksum: '00000000' }, 'the checksum must fit the contents, received another'],
  ['without a checksum', { checksum: undefined }, 'the checksum must fit the contents, received another'],
  ['whose tree was changed', { model: '["list"]' }, 'the checksum must fit the contents, received another'],
];

for (const [what, change, rest] of METADATA) {
  test(`a file ${what} is refused`, async () => {
    expect(await refusal(() => fromBytes(withMetadata(change)))).toBe(sentence(rest));
  });
}

test('a newer minor format is read', async () => {
  expect((await fromBytes(withMetadata({ version: '1.7' }))).isFitted).toBe(true);
});

test('what is no estimator, and classes that do not exist, are refused', async () => {
  expect(await load(() => ['list', 1, 2])).toBe(sentence('the file must hold an estimator, received [1, 2]'));
  for (const id of ['mine/Unknown', 'constructor', '__proto__', '../../etc/passwd', 'node:fs']) {
    expect(await loadWith(1, id)).toContain(`its classes must be known, received class '${id}'`);
  }
});

test('parameters outside their rules, and unknown ones, are refused', async () => {
  expect(await load(tree => setEntry(tree[2], 'alpha', -1))).toBe(
    sentence(
      'its parameters and state must be valid, received Cannot make Ridge: alpha must be a number >= 0 or a list, each a number >= 0, received -1',
    ),
  );
  expect(await load(tree => setEntry(tree[2], 'beta', 1))).toContain(
    'Cannot make Ridge: parameter names must be among',
  );
  expect(await load(tree => setEntry(tree[2], '__proto__', ['record', ['alpha', 3]]))).toContain(
    "every entry of a record must be a name and a value, received ['__proto__',",
  );
  expect(await loadWith(2, null)).toBe(
    sentence("the parameters of 'linear-model/Ridge' must be a record, received null"),
  );
});

test('a state that is not whole is refused', async () => {
  const state = (change: (state: unknown) => void) => load(tree => change(tree[3]));
  const notWhole = 'a fitted state must have what was learned and nFeaturesIn, received';
  expect(await loadWith(3, 5)).toBe(sentence(`${notWhole} 5`));
  expect(await state(record => setEntry(record, 'learned', null))).toContain(notWhole);
  expect(await state(record => setEntry(record, 'learned', ['tensor', 0]))).toContain(notWhole);
  expect(await state(record => setEntry(record, 'nFeaturesIn', -1))).toContain(notWhole);
  expect(await state(record => setEntry(record, 'nFeaturesIn', ['number', 'NaN']))).toContain(notWhole);
  expect(await state(record => setEntry(record, 'featureNamesIn', ['list', 'a']))).toBe(
    sentence("there must be 2 feature names, received ['a']"),
  );
  expect(await state(record => setEntry(record, 'featureNamesIn', ['list', 'a', 7]))).toBe(
    sentence("there must be 2 feature names, received ['a', 7]"),
  );
  expect(await state(record => setEntry(record, 'seed', 'x'))).toBe(
    sentence("a seed must be a whole number, received 'x'"),
  );
  expect(await loadWith(4, 'table')).toBe(sentence("the output of Ridge must be a form that it has, received 'table'"));
});

test('tensors out of range, matrices that lie, and nesting of 10,000 are refused', async () => {
  const learned = (value: unknown) => load(tree => setEntry(entry(tree[3], 'learned'), 'extra', value));
  expect(await learned(['tensor', 99])).toMatch(/a tensor must be one of the file's \d, received 99$/);
  expect(await learned(['matrix', ['tensor', 0], 2 ** 40, 2 ** 40])).toBe(
    sentence('a matrix must hold rows * columns numbers, received 1099511627776 * 1099511627776'),
  );
  const deep = `${'["list",'.repeat(10_000)}1${']'.repeat(10_000)}`;
  expect(await learned(JSON.parse(deep))).toBe(sentence('nesting must be at most 64 deep, received a deeper tree'));
});

for (const [name, { make }] of savable) {
  test(`a ${name} that lacks a piece of what it learned gives no other numbers`, async () => {
    const probe = new Probe(make);
    await captureWarnings(async () => {
      const model = await probe.fit();
      const expected = await probe.outputs(model);
      let pieces: string[] = [];
      forge(model, tree => {
        pieces = (entry(tree[3], 'learned') as [string, unknown][]).slice(1).map(([piece]) => piece);
      });
      for (const piece of pieces) {
        const bytes = forge(model, tree => setEntry(entry(tree[3], 'learned'), piece, undefined));
        const outputs = await fromBytes(bytes)
          .then(copy => probe.outputs(copy))
          .catch(() => expected);
        expect(outputs, `without ${piece}`).toEqual(expected);
      }
    });
  });
}
