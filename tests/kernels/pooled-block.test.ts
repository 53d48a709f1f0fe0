import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BlockSize,
  type ChannelMoments,
  type GradientSums,
  isWorthPooling,
  poolNormalisedBackInto,
  poolNormalisedInto,
  poolScaledInto,
} from '../../src/kernels/index.ts';
import * as reference from '../../src/kernels/pooled-block/reference.ts';

const side = fc.integer({ min: 1, max: 33 });
const fast = {
  poolScaled: poolScaledInto,
  poolNormalised: poolNormalisedInto,
  poolNormalisedBack: poolNormalisedBackInto,
};

/** What a batch norm with weights of both signs, and 0, makes of moments and of sums. */
const scalingOf = ({ mean, variance }: ChannelMoments, c: number) => {
  const scale = ((c % 3) - 1) / Math.sqrt(variance + 1e-5);
  return { scale, shift: 0.3 - mean * scale };
};
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
const combinationOf = ({ plain, products }: GradientSums, c: number) => ({
  factor: c - 1.5,
  slope: sum(products),
  shift: sum(plain) / 7,
});

/** Few different values, so that many are equal; and NaN. */
const value = fc.constantFrom(-1.5, -1, -0, 0.5, 1, 2, 0.1, Number.NaN);

function resultsOf(versions: typeof fast, x: Float32Array, grad: Float32Array, size: BlockSize) {
  const channels = Array.from({ length: size.channels }, (_, c) => ({ scale: 1.1 - c, shift: 0.1 * c, mean: 0.2 * c }));
  const [scaled, normalised] = [new Float32Array(grad.length), new Float32Array(grad.length)];
  const back = new Float32Array(x.length);
  versions.poolScaled(x, size, channels, scaled);
  versions.poolNormalised(x, size, scalingOf, normalised);
  versions.poolNormalisedBack(x, grad, size, channels, combinationOf, back);
  return [scaled, normalised, back].map(({ buffer }) => Buffer.from(buffer));
}

test('blocks equal their references to the bit, with ties and NaN', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 1, max: 70 }),
      fc.infiniteStream(value),
      (height, width, images, stream) => {
        const channels = Math.max(1, Math.min(9, Math.floor(20_000 / (images * height * width))));
        const size = { images, channels, height, width };
        const x = Float32Array.from(
          { length: images * channels * height * width },
          () => stream.next().value as number,
        );
        const grad = Float32Array.from({ length: images * channels * (height >> 1) * (width >> 1) }, (_, i) => i % 13);
        expect(resultsOf(fast, x, grad, size)).toEqual(resultsOf(reference, x, grad, size));
      },
    ),
    { seed: 1, numRuns: 20 },
  );
});

test('they do where channels of all images pass through the arena in several parts', () => {
  const size = { images: 20, channels: 11, height: 28, width: 30 };
  const x = Float32Array.from({ length: 20 * 11 * 28 * 30 }, (_, i) => ((i * 7919) % 1013) / 500 - 1);
  const grad = Float32Array.from({ length: 20 * 11 * 14 * 15 }, (_, i) => i % 13);
  expect(resultsOf(fast, x, grad, size)).toEqual(resultsOf(reference, x, grad, size));
});

test('a block by hand: 2 x - 3 is rectified, and its largest value gets the gradient, before a combination with x', () => {
  const size = { images: 1, channels: 1, height: 2, width: 4 };
  const x = Float32Array.of(1, 2, 1, 0, 3, 1, 1, 1);
  const channel = { scale: 2, shift: -3, mean: 1 };
  const y = new Float32Array(2);
  poolScaledInto(x, size, [channel], y);
  expect(y).toEqual(Float32Array.of(3, 0));
  // g = 5 where x = 3, and 0 where nothing is above 0: sums 5 and 5 (3 - 1).
  const back = new Float32Array(8);
  const seen: number[][] = [];
  const combine = ({ plain, products }: GradientSums) => {
    seen.push([...plain], [...products]);
    return { factor: 2, slope: 1, shift: 0.5 };
  };
  poolNormalisedBackInto(x, Float32Array.of(5, 6), size, [channel], combine, back);
  expect(seen).toEqual([[5], [10]]);
  expect(back).toEqual(Float32Array.of(-1.5, -2.5, -1.5, -0.5, 6.5, -1.5, -1.5, -1.5));
});

test('one pass pays unless runs of values are short, or a channel is larger than caches', () => {
  expect(isWorthPooling({ images: 64, channels: 32, height: 28, width: 28 })).toBe(true);
  expect(isWorthPooling({ images: 4096, channels: 32, height: 4, width: 4 })).toBe(false);
  expect(isWorthPooling({ images: 64, channels: 3, height: 224, width: 224 })).toBe(false);
});
