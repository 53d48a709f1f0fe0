import { deepStrictEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsrMatrix, Frame, Matrix } from '../../src/array/index.ts';
import { classIds, decode, type Encoded, encode } from '../../src/core/index.ts';
import { Ridge } from '../../src/linear-model/index.ts';
import { refusal } from '../helpers/refusal.ts';

const noClasses = () => {
  throw new Error('no class is named');
};
/** There and back, through JSON as in a file. */
function roundTrip(value: unknown): unknown {
  const { tree, tensors } = encode(value, 'save it');
  return decode({ tree: JSON.parse(JSON.stringify(tree)), tensors }, noClasses);
}

const number = fc.double();
const tensors = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int8Array(),
  fc.uint8Array(),
);
const key = fc.oneof(fc.string(), fc.constantFrom('estimator', 'list', 'constructor', 'toString', '0', ''));
const { value: anything } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    fc.string(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    tensors,
    fc.array(tie('value')),
    fc.dictionary(
      key.filter(name => name !== '__proto__'),
      tie('value'),
      { noNullPrototype: true },
    ),
  ),
}));

test('decode undoes encode: any nesting of numbers, text, lists, records and typed arrays', () => {
  fc.assert(
    fc.property(anything, value => {
      // toStrictEqual takes a key called constructor for the class.
      deepStrictEqual(roundTrip(value), value);
    }),
  );
});

test('encode: NaN, infinities and -0 survive, and undefined is not null', () => {
  const value = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, undefined, null];
  const copy = roundTrip(value) as unknown[];
  expect(copy).toStrictEqual(value);
  expect([Object.is(copy[3], -0), Object.is(copy[4], 0)]).toEqual([true, true]);
});

test('encode: matrices, sparse matrices and frames come back as such', () => {
  const matrix = Matrix.fromRows([
    [0, Number.NaN],
    [-0, 2],
  ]);
  const frame = new Frame([
    { name: '__proto__', values: ['a', null] },
    { name: 'b', values: Float64Array.of(1, 2) },
  ]);
  const value = { matrix, sparse: CsrMatrix.fromDense(matrix), frame, none: Matrix.zeros(0, 3) };
  expect(roundTrip(value)).toStrictEqual(value);
});

test('encode: a part of a longer array is stored alone', () => {
  const { tensors } = encode(new Float64Array([1, 2, 3, 4]).subarray(1, 3), 'save it');
  expect(Array.from(tensors[0]!)).toEqual([2, 3]);
});

test('encode refuses what it could not give back', async () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const refused: readonly (readonly [value: unknown, sentence: string])[] = [
    [
      () => 1,
      'all parts must be plain data or estimators, received function (anonymous); leave functions and caches out',
    ],
    [new Map(), 'all parts must be plain data or estimators, received Map; leave functions and caches out'],
    [new Date(0), 'all parts must be plain data or estimators, received Date; leave functions and caches out'],
    [7n, 'all parts must be plain data or estimators, received 7n; leave functions and caches out'],
    [BigInt64Array.of(1n), 'all parts must be plain data or estimators, received [1n]; leave functions and caches out'],
    [endless, 'nesting must be at most 64 deep, received a deeper value'],
    [JSON.parse('{ "__proto__": 1 }'), "no key may be '__proto__', received object with keys ['__proto__']"],
  ];
  for (const [value, sentence] of refused) {
    expect(await refusal(() => encode(value, 'save it'))).toBe(`UnsupportedError: Cannot save it: ${sentence}`);
  }
});

test('classIds finds estimators in lists and records, and takes no name of a key for one', () => {
  const { tree } = encode({ estimator: 'text', list: [new Ridge(), { inner: new Ridge() }] }, 'save it');
  expect(classIds(tree)).toEqual(['linear-model/Ridge']);
});

const NO_TENSORS: Encoded['tensors'] = [];
const HOSTILE: readonly (readonly [what: string, tree: unknown, sentence: string])[] = [
  ['a bare object', { a: 1 }, "every node must be a plain value or a tagged list, received object with keys ['a']"],
  ['an unknown tag', ['eval', '1'], "every tag must be known, received 'eval'"],
  ['an empty list', [], 'every tag must be known, received undefined'],
  ['a tensor that is not there', ['tensor', 0], "a tensor must be one of the file's 0, received 0"],
  ['a negative tensor', ['tensor', -1], "a tensor must be one of the file's 0, received -1"],
  ['a tensor by name', ['tensor', 'push'], "a tensor must be one of the file's 0, received 'push'"],
  [
    'a number by text',
    ['number', '0x10'],
    "a number outside JSON must be NaN, Infinity, -Infinity or -0, received '0x10'",
  ],
  [
    '__proto__',
    ['record', ['__proto__', 1]],
    "every entry of a record must be a name and a value, received ['__proto__', 1]",
  ],
  ['an entry without a value', ['record', ['a']], "every entry of a record must be a name and a value, received ['a']"],
  [
    'a name that is a number',
    ['record', [1, 2]],
    'every entry of a record must be a name and a value, received [1, 2]',
  ],
  [
    'a matrix without numbers',
    ['matrix', ['list', 1], 1, 1],
    'a matrix must hold rows * columns numbers, received 1 * 1',
  ],
  [
    'a table without columns',
    ['frame', ['list', ['list', 'a', 3]], 1],
    "a table must have named columns, received [['a', 3]]",
  ],
  [
    'a sparse matrix of lists',
    ['csr', ['list'], ['list'], ['list'], 0, 0],
    'a sparse matrix must be whole, received another',
  ],
  ['a class that is no text', ['estimator', 5, ['record'], null, 'default'], 'a class id must be a string, received 5'],
];

for (const [what, tree, sentence] of HOSTILE) {
  test(`decode refuses ${what}`, async () => {
    const body = () => decode({ tree: tree as Encoded['tree'], tensors: NO_TENSORS }, noClasses);
    expect(await refusal(body)).toBe(`InvalidFileError: Cannot load a model: ${sentence}`);
  });
}

test('decode and classIds refuse nesting of 10,000, without running out of stack', async () => {
  let tree: unknown = 1;
  for (let i = 0; i < 10_000; i++) tree = ['list', tree];
  const encoded = { tree, tensors: NO_TENSORS } as Encoded;
  const sentence = 'InvalidFileError: Cannot load a model: nesting must be at most 64 deep, received a deeper tree';
  expect(await refusal(() => decode(encoded, noClasses))).toBe(sentence);
  expect(await refusal(() => classIds(tree))).toBe(sentence);
});
