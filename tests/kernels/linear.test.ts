import { expect, test } from 'vitest';
import { mapRectifiedBackInto, mapRectifiedInto, mapRowsBackInto, mapRowsInto } from '../../src/kernels/index.ts';
import { mapRectified, mapRectifiedBack, mapRows, mapRowsBack } from '../../src/kernels/linear/reference.ts';

/** Sizes below and above the smallest for the fast version, beside panels, and with more rows than pass at a time. */
const SIZES = [
  [1, 3, 2],
  [1, 70, 61],
  [37, 13, 11],
  [64, 64, 10],
  [700, 301, 270],
].map(([rows, inputs, outputs]) => ({ rows: rows!, inputs: inputs!, outputs: outputs! }));

/** Where two arrays differ first; -1 where nowhere. */
function firstDifference(a: Float32Array | null, b: Float32Array | null): number {
  return a === null ? -1 : a.findIndex((value, i) => !Object.is(value, b?.[i]));
}

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}

test.each(SIZES)('mapRowsInto equals its reference to the bit, with a bias and without: %o', size => {
  const { rows, inputs, outputs } = size;
  for (const bias of [null, wave(outputs, 0.9)]) {
    const [fast, plain] = [wave(rows * outputs, 1), wave(rows * outputs, 2)];
    mapRowsInto(wave(rows * inputs, 0.7), wave(outputs * inputs, 1.3), bias, size, fast);
    mapRows(wave(rows * inputs, 0.7), wave(outputs * inputs, 1.3), bias, size, plain);
    expect(firstDifference(fast, plain)).toBe(-1);
  }
});

test.each(SIZES)('mapRowsBackInto equals its reference to the bit, whichever gradients are wanted: %o', size => {
  const { rows, inputs, outputs } = size;
  const [grad, x, weight] = [wave(rows * outputs, 0.3), wave(rows * inputs, 0.7), wave(outputs * inputs, 1.3)];
  for (const wanted of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const make = () => ({
      ofX: wanted & 1 ? wave(rows * inputs, 2) : null,
      ofWeight: wanted & 2 ? wave(outputs * inputs, 3) : null,
      ofBias: wanted & 4 ? wave(outputs, 4) : null,
    });
    const [fast, plain] = [make(), make()];
    mapRowsBackInto(grad, x, weight, size, fast);
    mapRowsBack(grad, x, weight, size, plain);
    expect(firstDifference(fast.ofX, plain.ofX)).toBe(-1);
    expect(firstDifference(fast.ofWeight, plain.ofWeight)).toBe(-1);
    expect(firstDifference(fast.ofBias, plain.ofBias)).toBe(-1);
  }
});

test.each(SIZES)('a rectified map and its gradients equal their references to the bit: %o', size => {
  const { rows, inputs, outputs } = size;
  const [grad, x, weight] = [wave(rows * outputs, 0.3), wave(rows * inputs, 0.7), wave(outputs * inputs, 1.3)];
  const results = [[mapRectifiedInto, mapRectifiedBackInto] as const, [mapRectified, mapRectifiedBack] as const].map(
    ([forward, back]) => {
      const y = wave(rows * outputs, 1);
      forward(x, weight, wave(outputs, 0.9), size, y);
      const gradients = { ofX: wave(x.length, 2), ofWeight: wave(weight.length, 3), ofBias: wave(outputs, 4) };
      back(grad, y, x, weight, size, gradients);
      return [y, ...Object.values(gradients)].map(({ buffer }) => Buffer.from(buffer));
    },
  );
  expect(results[0]).toEqual(results[1]);
});

test('x = (1, 2), W = ((1, 1), (0, 3)) and b = (10, 20) give y = (13, 26), and g = (1, 1) flows back', () => {
  const size = { rows: 1, inputs: 2, outputs: 2 };
  const [x, weight, y] = [Float32Array.of(1, 2), Float32Array.of(1, 1, 0, 3), new Float32Array(2)];
  mapRowsInto(x, weight, Float32Array.of(10, 20), size, y);
  expect(y).toEqual(Float32Array.of(13, 26));
  const gradients = { ofX: new Float32Array(2), ofWeight: new Float32Array(4), ofBias: new Float32Array(2) };
  mapRowsBackInto(Float32Array.of(1, 1), x, weight, size, gradients);
  expect(gradients.ofX).toEqual(Float32Array.of(1, 4));
  expect(gradients.ofWeight).toEqual(Float32Array.of(1, 2, 1, 2));
  expect(gradients.ofBias).toEqual(Float32Array.of(1, 1));
});
