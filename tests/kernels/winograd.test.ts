import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as definition from '../../src/kernels/convolution/reference.ts';
import type { ConvolutionSize } from '../../src/kernels/convolution/sizes.ts';
import { convolve, convolveBack } from '../../src/kernels/index.ts';
import { convolveTiles } from '../../src/kernels/winograd/reference.ts';
import { isTiled, tiledSize, turnedSize, turnedWeight } from '../../src/kernels/winograd/sizes.ts';
import { weightPoints } from '../../src/kernels/winograd/weight-points.ts';

const size = fc
  .record({
    images: fc.integer({ min: 0, max: 5 }),
    channels: fc.integer({ min: 8, max: 13 }),
    outChannels: fc.integer({ min: 8, max: 13 }),
    input: fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 })),
    padding: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
  })
  .map(sizeOf)
  .filter(({ output }) => Math.min(...output) > 0);

test('convolution in tiles and its transpose equal their references to the bit', () => {
  fc.assert(
    fc.property(size, drawn => expectTiled(drawn)),
    { seed: 1, numRuns: 60 },
  );
});

test('many small images together, and a large one in lines of tiles, give the same', () => {
  expectTiled(sizeOf({ images: 11, channels: 9, outChannels: 8, input: [29, 27], padding: [1, 1] }));
  expectTiled(sizeOf({ images: 2, channels: 64, outChannels: 60, input: [5, 131], padding: [0, 2] }));
});

// The terms of these sums are some fifty times as large as the sums.
test('tiles give what the definition gives, within a few roundings', () => {
  const drawn = sizeOf({ images: 2, channels: 20, outChannels: 10, input: [9, 8], padding: [1, 1] });
  const { x, w, bias, grad } = dataOf(drawn);
  const [y, back] = [new Float32Array(grad.length), new Float32Array(x.length)];
  definition.convolve(x, w, drawn, bias, y);
  definition.convolveBack(grad, w, drawn, back);
  expectClose(convolve(x, w, drawn, bias), y);
  expectClose(convolveBack(grad, w, drawn), back);
});

test('one kernel at the points by hand: of ones', () => {
  // G (1, 1, 1)' = (1, 1.5, 0.5, 1), and the points are the outer product of that with itself.
  const g = [1, 1.5, 0.5, 1];
  expect([...weightPoints(new Float32Array(9).fill(1))]).toEqual(g.flatMap(a => g.map(b => a * b)));
});

interface Drawn extends Pick<ConvolutionSize, 'images' | 'channels' | 'outChannels'> {
  readonly input: readonly [number, number];
  readonly padding: readonly [number, number];
}

function sizeOf(drawn: Drawn): ConvolutionSize {
  const { input, padding } = drawn;
  const output = [input[0] + 2 * padding[0] - 2, input[1] + 2 * padding[1] - 2] as const;
  return { ...drawn, groups: 1, kernel: [3, 3], stride: [1, 1], dilation: [1, 1], output };
}

function dataOf({ images, channels, outChannels, input, output }: ConvolutionSize) {
  return {
    x: wave(images * channels * input[0] * input[1], 0.7),
    w: wave(outChannels * channels * 9, 1.3),
    bias: wave(outChannels, 0.3),
    grad: wave(images * outChannels * output[0] * output[1], 2.1),
  };
}

function expectTiled(size: ConvolutionSize): void {
  expect(isTiled(size)).toBe(true);
  const { x, w, bias, grad } = dataOf(size);
  const [y, back] = [new Float32Array(grad.length), new Float32Array(x.length)];
  convolveTiles(x, w, tiledSize(size), bias, y);
  convolveTiles(grad, turnedWeight(w, size), turnedSize(size), null, back);
  expect(convolve(x, w, size, bias)).toEqual(y);
  expect(convolveBack(grad, w, size)).toEqual(back);
}

function expectClose(found: Float32Array, expected: Float32Array): void {
  const scale = expected.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(3e-6 * scale);
  });
}

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}
