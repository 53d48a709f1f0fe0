import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as reference from '../../src/kernels/convolution/reference.ts';
import { type ConvolutionSize, linesOf, productOf } from '../../src/kernels/convolution/sizes.ts';
import { convolve, convolveBack, correlate } from '../../src/kernels/index.ts';

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
const size = fc
  .record({
    ...{ images: fc.integer({ min: 0, max: 3 }), groups: fc.integer({ min: 1, max: 3 }) },
    ...{ perGroup: fc.integer({ min: 1, max: 6 }), outPerGroup: fc.integer({ min: 1, max: 9 }) },
    ...{ input: pair(1, 11), kernel: pair(1, 4), stride: pair(1, 3), padding: pair(0, 2), dilation: pair(1, 2) },
  })
  .map(drawn => sizeOf(drawn))
  .filter(({ output }) => output[0] > 0 && output[1] > 0);

test('convolution and its two gradients equal their references to the bit, whatever the sizes', () => {
  fc.assert(
    fc.property(size, drawn => expectEqual(drawn)),
    { seed: 1, numRuns: 150 },
  );
});

test('an image whose columns are made in strips gives the same', () => {
  const large = sizeOf({
    ...{ images: 1, groups: 1, perGroup: 16, outPerGroup: 5, input: [50, 47], kernel: [3, 3] },
    ...{ stride: [1, 1], padding: [1, 1], dilation: [1, 1] },
  });
  expect(linesOf(large)).toBeLessThan(large.output[0]);
  expectEqual(large);
});

test('convolve by hand: a window of ones sums what it covers, and the bias is added', () => {
  const one = sizeOf({
    ...{ images: 1, groups: 1, perGroup: 1, outPerGroup: 1, input: [2, 2], kernel: [2, 2] },
    ...{ stride: [1, 1], padding: [1, 0], dilation: [1, 1] },
  });
  const y = convolve(Float32Array.of(1, 2, 3, 4), new Float32Array(4).fill(1), one, Float32Array.of(10));
  expect(y).toEqual(Float32Array.of(13, 20, 17));
});

interface Drawn extends Pick<ConvolutionSize, 'images' | 'groups'> {
  readonly perGroup: number;
  readonly outPerGroup: number;
  readonly input: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
}

function sizeOf({ perGroup, outPerGroup, ...drawn }: Drawn): ConvolutionSize {
  const along = (i: 0 | 1) => {
    const span = drawn.dilation[i] * (drawn.kernel[i] - 1) + 1;
    return Math.floor((drawn.input[i] + 2 * drawn.padding[i] - span) / drawn.stride[i]) + 1;
  };
  const { groups } = drawn;
  return { ...drawn, channels: groups * perGroup, outChannels: groups * outPerGroup, output: [along(0), along(1)] };
}

function expectEqual(size: ConvolutionSize): void {
  const { rows, depth, places } = productOf(size);
  const x = wave(size.images * size.channels * size.input[0] * size.input[1], 0.7);
  const w = wave(size.groups * rows * depth, 1.3);
  const grad = wave(size.images * size.outChannels * places, 2.1);
  const bias = wave(size.outChannels, 0.3);
  const [y, back, ofWeight] = [grad, x, w].map(({ length }) => new Float32Array(length)) as Triple;
  reference.convolve(x, w, size, bias, y);
  reference.convolveBack(grad, w, size, back);
  reference.correlate(x, grad, size, ofWeight);
  expect(convolve(x, w, size, bias)).toEqual(y);
  expect(convolveBack(grad, w, size)).toEqual(back);
  expect(correlate(x, grad, size)).toEqual(ofWeight);
}

type Triple = [Float32Array, Float32Array, Float32Array];

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}
