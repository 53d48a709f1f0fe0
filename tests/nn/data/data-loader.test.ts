import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  balancedSampler,
  collate,
  DataLoader,
  type DataLoaderOptions,
  mapDataset,
  subset,
  TensorDataset,
  tensor,
  weightedSampler,
} from '../../../src/nn/index.ts';
import { closePool, registerModule } from '../../../src/parallel/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import { bundle } from '../../helpers/bundle.ts';
import { broken, noisySquares } from './noisy-squares.ts';

beforeAll(async () => {
  registerModule(await bundle(new URL('./noisy-squares.ts', import.meta.url), 'noisy-squares'));
});
afterAll(closePool);

const ten = Array.from({ length: 10 }, (_, i) => i);

async function epoch<B>(loader: AsyncIterable<B>): Promise<B[]> {
  const batches: B[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
}

const numbers = async (options: DataLoaderOptions<number, unknown>) =>
  (await epoch(new DataLoader(ten, options as DataLoaderOptions<number, ReturnType<typeof tensor>>))).map(batch =>
    batch.toArray(),
  );

test('DataLoader: batches in order; the last is smaller, or left out', async () => {
  expect(await numbers({ batchSize: 4 })).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ]);
  expect(await numbers({ batchSize: 4, dropLast: true })).toHaveLength(2);
  expect(new DataLoader(ten, { batchSize: 4 }).length).toBe(3);
  expect(new DataLoader(ten, { batchSize: 4, dropLast: true }).length).toBe(2);
});

test('DataLoader: a seed gives the same orders, epoch after epoch another, and each sample once', async () => {
  const loaders = [1, 2].map(() => new DataLoader(ten, { shuffle: true, randomState: 7, batchSize: 10 }));
  const [first, again] = await Promise.all(loaders.map(async loader => [await epoch(loader), await epoch(loader)]));
  expect(again).toEqual(first);
  const [one, two] = first!.map(([batch]) => batch!.toArray() as number[]);
  expect(two).not.toEqual(one);
  expect([...one!].sort((a, b) => a - b)).toEqual(ten);
});

test('DataLoader: the order is that of numpy for the same seed', async () => {
  const [batch] = await numbers({ shuffle: true, randomState: 3, batchSize: 10 });
  expect(batch).toEqual([...new RandomState(3).permutation(10)]);
});

test('DataLoader: 0, 1 and 3 workers give the same batches, samples that draw among them', async () => {
  const epochs = [0, 1, 3].map(async workers => {
    const options = { batchSize: 4, shuffle: true, randomState: 1, workers };
    const loader = new DataLoader(noisySquares.open(30), options);
    return [await epoch(loader), await epoch(loader)];
  });
  const [none, one, three] = await Promise.all(epochs);
  expect(one).toStrictEqual(none);
  expect(three).toStrictEqual(none);
  expect(none![0]![0]!.x.shape).toEqual([4, 2]);
});

test('DataLoader: what a sample throws in a worker is told, after the batches before it', async () => {
  for (const workers of [0, 2]) {
    const seen: number[] = [];
    const read = async () => {
      for await (const batch of new DataLoader(broken.open(9), { workers, prefetch: 1 })) seen.push(batch.item());
    };
    await expect(read()).rejects.toThrow('sample 3 cannot be read');
    expect(seen).toEqual([0, 1, 2].slice(0, workers === 0 ? 3 : 2));
  }
});

test('DataLoader: a state from the middle of an epoch gives the rest of it, and then the same epochs', async () => {
  const options = { batchSize: 3, shuffle: true, randomState: 5 };
  const whole = new DataLoader(ten, options);
  await epoch(whole);
  const [expected, after] = [await epoch(whole), await epoch(whole)];
  const stopped = new DataLoader(ten, options);
  await epoch(stopped);
  let state = stopped.getState();
  for await (const _ of stopped) {
    state = stopped.getState();
    if (state.batches === 2) break;
  }
  const resumed = new DataLoader(ten, { ...options, randomState: 99 });
  resumed.setState(structuredClone(state));
  expect(await epoch(resumed)).toEqual(expected.slice(2));
  expect(await epoch(resumed)).toEqual(after);
});

test('DataLoader: an epoch that is left early is not made up for: the next one is whole, and another', async () => {
  const options = { batchSize: 4, shuffle: true, randomState: 3 };
  const loader = new DataLoader(ten, options);
  const first = [];
  for await (const batch of loader) {
    first.push(batch.toArray());
    break;
  }
  const rest = await epoch(loader);
  const whole = new DataLoader(ten, options);
  const [expectedFirst] = await epoch(whole);
  expect(first).toEqual([expectedFirst!.toArray()]);
  expect(rest.map(batch => batch.toArray())).toEqual((await epoch(whole)).map(batch => batch.toArray()));
});

test('DataLoader: iterables give batches, but no length and no order of their own', async () => {
  function* lines() {
    yield* ['a', 'b', 'c'];
  }
  expect(await epoch(new DataLoader({ [Symbol.iterator]: lines }, { batchSize: 2 }))).toEqual([['a', 'b'], ['c']]);
  expect(() => new DataLoader(lines(), { shuffle: true })).toThrow(
    'Cannot make a DataLoader: shuffle and sampler need a dataset with positions, received an iterable',
  );
  expect(() => new DataLoader(lines()).length).toThrow(
    'Cannot count the batches of a DataLoader: the dataset must have a length, received an iterable',
  );
});

test('DataLoader refuses sizes, workers and orders that do not fit', () => {
  const refusal = (options: DataLoaderOptions<number, never>) => () => new DataLoader(ten, options);
  expect(refusal({ batchSize: 0 })).toThrow('batchSize must be a whole number >= 1, received 0');
  expect(refusal({ prefetch: 0.5 })).toThrow('prefetch must be a whole number >= 1, received 0.5');
  expect(refusal({ workers: 2 })).toThrow('a dataset for workers must be opened by a datasetMaker');
  expect(refusal({ shuffle: true, sampler: weightedSampler([1]) })).toThrow('shuffle must be false where there is');
});

test('samplers: weights of zero are never drawn, and balanced classes come equally often', () => {
  const random = new RandomState(0);
  expect(new Set(weightedSampler([0, 1, 2], { numSamples: 100 }).indices(random))).toEqual(new Set([1, 2]));
  expect([...weightedSampler([1, 0, 2], { numSamples: 2, replacement: false }).indices(random)].sort()).toEqual([0, 2]);
  const labels = [...new Array(90).fill('common'), ...new Array(10).fill('rare')];
  const drawn = balancedSampler(labels, { numSamples: 2000 }).indices(random);
  const rare = drawn.filter(i => labels[i] === 'rare').length;
  expect(Math.abs(rare - 1000)).toBeLessThan(4 * Math.sqrt(500));
  expect(() => weightedSampler([1, -1])).toThrow('weights must be finite, >= 0 and not all 0, received -1');
  expect(() => weightedSampler([1, 0], { numSamples: 2, replacement: false })).toThrow('at most 1 without replacement');
});

test('collate: nested records, lists, texts, booleans and rows; other forms are refused', () => {
  const batch = collate([
    { x: [tensor([1, 2]), true], id: 'a', row: Float64Array.of(1) },
    { x: [tensor([3, 4]), false], id: 'b', row: Float64Array.of(2) },
  ] as const);
  expect(batch.x[0].toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect([batch.x[1].toArray(), batch.id, batch.row.shape]).toEqual([
    [1, 0],
    ['a', 'b'],
    [2, 1],
  ]);
  expect(() => collate([1, 'a'])).toThrow('Cannot make a batch: samples must be tensors, numbers, texts');
  expect(() => collate([tensor([1]), tensor([1, 2])])).toThrow('(1, 1) and shape (1, 2)');
});

test('datasets: tensors by rows, changed samples, and subsets', async () => {
  const data = new TensorDataset({ x: tensor([[1], [2], [3]]), y: tensor([0, 1, 0]) });
  const doubled = mapDataset(data, ({ x, y }) => ({ x: x.item() * 2, y: y.item() }));
  expect(await doubled.get(2, new RandomState(0))).toEqual({ x: 6, y: 0 });
  const [batch] = await epoch(new DataLoader(subset(data, [2, 0]), { batchSize: 2 }));
  expect(batch!.x.toArray()).toEqual([[3], [1]]);
  expect(() => subset(data, [3])).toThrow(
    'Cannot take a subset: indices must be whole numbers from 0 to 2, received 3',
  );
  expect(() => new TensorDataset({ x: tensor([1, 2]), y: tensor([1]) })).toThrow(
    'Cannot make a TensorDataset: first axes must agree (2), received y of shape (1,)',
  );
});
