/** Transforms that draw: from the sample's own stream, and nothing else. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compose,
  crop,
  DataLoader,
  full,
  horizontalFlip,
  pad,
  randomCrop,
  randomHorizontalFlip,
  randomRotation,
  randomVerticalFlip,
  resize,
  rotate,
  tensor,
  verticalFlip,
} from '../../../../src/nn/index.ts';
import { closePool, registerModule } from '../../../../src/parallel/index.ts';
import { RandomState } from '../../../../src/random/index.ts';
import { bundle } from '../../../helpers/bundle.ts';
import { augmentedImages } from './augmented-images.ts';

beforeAll(async () => {
  registerModule(await bundle(new URL('./augmented-images.ts', import.meta.url), 'augmented-images'));
});
afterAll(closePool);

const options = { batchSize: 4, shuffle: true, randomState: 11 };

async function epoch<B>(loader: AsyncIterable<B>): Promise<B[]> {
  const batches: B[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
}

test('augmented images are the same to the bit for 0, 1 and 3 workers, and others in the next epoch', async () => {
  const epochs = [0, 1, 3].map(async workers => {
    const loader = new DataLoader(augmentedImages.open(18), { ...options, workers });
    return [await epoch(loader), await epoch(loader)];
  });
  const [none, one, three] = await Promise.all(epochs);
  expect(one).toStrictEqual(none);
  expect(three).toStrictEqual(none);
  const imageOf = (batches: NonNullable<typeof none>[number]) => {
    const batch = batches.find(({ y }) => y.data.includes(5))!;
    return tensor(batch.x).data.subarray(batch.y.data.indexOf(5) * 108, (batch.y.data.indexOf(5) + 1) * 108);
  };
  expect(imageOf(none![1]!)).not.toEqual(imageOf(none![0]!));
});

test('an epoch of augmented images that is resumed in its middle equals the uninterrupted one to the bit', async () => {
  const expected = await epoch(new DataLoader(augmentedImages.open(18), options));
  const stopped = new DataLoader(augmentedImages.open(18), options);
  for await (const _ of stopped) if (stopped.getState().batches === 2) break;
  const resumed = new DataLoader(augmentedImages.open(18), { ...options, randomState: 0, workers: 2 });
  resumed.setState(structuredClone(stopped.getState()));
  expect(await epoch(resumed)).toStrictEqual(expected.slice(2));
});

const ramp = tensor([
  [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
  ],
]);

test('randomCrop draws the row, then the column, and nothing where there is no choice', () => {
  for (let seed = 0; seed < 20; seed++) {
    const [random, twin] = [new RandomState(seed), new RandomState(seed)];
    const [top, left] = [twin.randint(0, 3), twin.randint(0, 4)];
    const expected = crop(pad([1, 0, 1, 1])(ramp), { top, left, height: 2, width: 2 });
    expect(randomCrop(2, { padding: [1, 0, 1, 1] })(ramp, random)).toEqual(expected);
    randomCrop(3)(ramp, random);
    expect(random.random()).toBe(twin.random());
  }
});

test('randomCrop: an image that is too small gets what it lacks on both sides where padIfNeeded says so', () => {
  const one = full([2, 1, 1], 7);
  const wide = randomCrop([1, 3], { padIfNeeded: true, fill: [1, 2] });
  const drawn = new Set(Array.from({ length: 40 }, (_, seed) => String(wide(one, new RandomState(seed)).toArray())));
  // The border is (1, 1, 7, 1, 1), and the part begins at any of its first three columns.
  expect(drawn).toEqual(new Set(['1,1,7,2,2,7', '1,7,1,2,7,2', '7,1,1,7,2,2']));
});

test('flips come as often as p says, and are none for p = 0', () => {
  const random = new RandomState(1);
  const flipped = (transform: ReturnType<typeof randomHorizontalFlip>) =>
    Array.from({ length: 1000 }, () => transform(ramp, random)).filter(image => image !== ramp).length;
  expect(Math.abs(flipped(randomHorizontalFlip(0.3)) - 300)).toBeLessThan(4 * Math.sqrt(210));
  expect(Math.abs(flipped(randomVerticalFlip()) - 500)).toBeLessThan(4 * Math.sqrt(250));
  expect([flipped(randomVerticalFlip(0)), flipped(randomVerticalFlip(1))]).toEqual([0, 1000]);
});

test('randomRotation turns by the angle that it draws', () => {
  const [random, twin] = [new RandomState(4), new RandomState(4)];
  expect(randomRotation([30, 60], { fill: 9 })(ramp, random)).toEqual(rotate(ramp, twin.uniform(30, 60), { fill: 9 }));
  expect(randomRotation(15)(ramp, random)).toEqual(rotate(ramp, twin.uniform(-15, 15)));
});

const images = fc
  .record({
    channels: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 7 }),
    width: fc.integer({ min: 1, max: 7 }),
  })
  .chain(({ channels, height, width }) => {
    const size = channels * height * width;
    return fc
      .array(fc.integer({ min: 1, max: 99 }), { minLength: size, maxLength: size })
      .map(values => full([channels, height, width], 0).like(Float32Array.from(values)));
  });

test('law: two flips are none, and both flips are half a turn', () => {
  fc.assert(
    fc.property(images, image => {
      expect(horizontalFlip(horizontalFlip(image))).toEqual(image);
      expect(verticalFlip(verticalFlip(image))).toEqual(image);
      for (const interpolation of ['nearest', 'bilinear'] as const)
        expect(rotate(image, 180, { interpolation })).toEqual(horizontalFlip(verticalFlip(image)));
    }),
  );
});

test('law: what a border adds, a crop takes away', () => {
  fc.assert(
    fc.property(images, fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)), (image, padding) => {
      const [, height, width] = image.shape as [number, number, number];
      for (const paddingMode of ['constant', 'edge'] as const) {
        const bordered = pad(padding, { paddingMode, fill: 3 })(image);
        expect(crop(bordered, { left: padding[0], top: padding[1], height, width })).toEqual(image);
      }
    }),
  );
});

test('compose: each transform sees what the one before gave, and all share the stream', () => {
  const drawn: number[] = [];
  const add = compose<number, number>(
    (x, random) => x + drawn.push(random.random()),
    (x, random) => x * 10 + drawn.push(random.random()),
  );
  expect(add(5, new RandomState(3))).toBe(62);
  expect(drawn).toEqual([...new RandomState(3).randomSample(2)]);
});

test('resize: one column wide, each row is the mean of its own', () => {
  expect(resize([3, 1])(ramp).toArray()).toEqual([
    [[expect.closeTo(1, 6)], [expect.closeTo(4, 6)], [expect.closeTo(7, 6)]],
  ]);
});
