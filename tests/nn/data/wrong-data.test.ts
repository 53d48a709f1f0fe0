/** Samples, datasets and loaders that do not fit, refused by whole sentences. */
import { expect, test } from 'vitest';
import { RandomState } from '../../../src/index.ts';
import * as nn from '../../../src/nn/index.ts';
import { refusal } from '../../helpers/refusal.ts';

const { tensor } = nn;
const never = (value: unknown) => value as never;
const image = nn.zeros([1, 4, 4]);
const ONE_FORM =
  'make a batch: samples must be tensors, numbers, texts, or lists and records of these, all of one form, received';
const all = async (loader: AsyncIterable<unknown>) => {
  const batches = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
};

test('collate makes a tensor of typed arrays of any kind', () => {
  expect(nn.collate([Uint8Array.of(1, 2), Uint8Array.of(3, 4)]).toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(nn.collate([BigInt64Array.of(-1n)]).toArray()).toEqual([[-1]]);
});

test('lists are datasets to mapDataset and subset too', async () => {
  const chosen = nn.subset(
    nn.mapDataset([1, 2, 3], x => 10 * x),
    [2, 0],
  );
  const [batch] = await all(new nn.DataLoader(chosen, { batchSize: 2 }));
  expect((batch as nn.Tensor).toArray()).toEqual([30, 10]);
  expect(nn.subset(['a', 'b'], [1]).get(0, new RandomState(0))).toBe('b');
});

const REFUSED: readonly (readonly [call: () => unknown, sentence: string])[] = [
  [
    () => nn.collate([[1], [2, 3]]),
    `InvalidInputError: Cannot ${ONE_FORM} [2, 3]; pass a collate function of your own`,
  ],
  [
    () => nn.collate([{ a: 1 }, never({ a: 1, b: 2 })]),
    `InvalidInputError: Cannot ${ONE_FORM} object with keys ['a', 'b']; pass a collate function of your own`,
  ],
  [
    () => nn.collate([new Map([[1, 2]])]),
    `InvalidInputError: Cannot ${ONE_FORM} Map; pass a collate function of your own`,
  ],
  [
    () => new nn.DataLoader(never('abc')),
    "InvalidParamError: Cannot make a DataLoader: there must be a list, a dataset with a length and a method get, or an iterable, received 'abc'",
  ],
  [
    () => new nn.DataLoader(never({})),
    'InvalidParamError: Cannot make a DataLoader: there must be a list, a dataset with a length and a method get, or an iterable, received object with keys []',
  ],
  [
    () => new nn.DataLoader([1], never({ batch_size: 2 })),
    "InvalidParamError: Cannot make a DataLoader: options must be among batchSize, shuffle, sampler, randomState, dropLast, collate, workers, prefetch, received 'batch_size'",
  ],
  [
    () => new nn.DataLoader([1], { collate: never(5) }),
    'InvalidParamError: Cannot make a DataLoader: collate must be a function, received 5',
  ],
  [
    () => new nn.DataLoader([1], { shuffle: never('no') }),
    "InvalidParamError: Cannot make a DataLoader: shuffle must be true or false, received 'no'",
  ],
  [
    () => new nn.DataLoader([1], { sampler: never([0]) }),
    'InvalidParamError: Cannot make a DataLoader: sampler must have a length and a method indices, received [0]',
  ],
  [
    () => all(new nn.DataLoader([1], { sampler: { length: 1, indices: () => Int32Array.of(1) } })),
    'InvalidInputError: Cannot read a DataLoader: the sampler must give whole numbers from 0 to 0, received 1',
  ],
  [
    () => new nn.DataLoader([1]).setState(never({ batches: 1 })),
    "InvalidInputError: Cannot restore a DataLoader: the state must hold random and batches, as getState gives them, received object with keys ['random', 'batches']",
  ],
  [
    () => new nn.TensorDataset(never({ x: [1, 2] })),
    'InvalidInputError: Cannot make a TensorDataset: x must be a tensor, received [1, 2]; make one with tensor(...)',
  ],
  [
    () => new nn.TensorDataset({ x: tensor([1, 2]) }).get(2),
    'InvalidInputError: Cannot read a TensorDataset: the position must be a whole number from 0 to 1, received 2',
  ],
  [
    () => nn.subset(never(new Set([1])), [0]),
    'InvalidInputError: Cannot make a dataset of another: it must be a list, or have a length and a method get, received Set',
  ],
  ...(
    [
      ['flip', nn.randomHorizontalFlip()],
      ['flip', nn.randomVerticalFlip()],
      ['crop', nn.randomCrop(2)],
      ['rotate', nn.randomRotation(5)],
    ] as const
  ).map(
    ([verb, transform]) =>
      [
        () => transform(image, never(undefined)),
        `InvalidInputError: Cannot ${verb} an image: there must be a RandomState to draw from, received undefined`,
      ] as const,
  ),
];

test.each(REFUSED)('%s', async (call, sentence) => {
  expect(await refusal(call)).toBe(sentence);
});
