import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addColumns } from '../../src/kernels/column-sums/reference.ts';
import {
  addColumnsInto,
  normaliseRowsBackInto,
  normaliseRowsInto,
  softmaxRowsBackInto,
} from '../../src/kernels/index.ts';
import { normaliseRows, normaliseRowsBack } from '../../src/kernels/layer-norm/reference.ts';
import { softmaxRowsBack } from '../../src/kernels/softmax/reference.ts';

const width = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(128, 17_001));
const rows = fc.integer({ min: 0, max: 60 });

test('normaliseRowsInto and its gradient equal their references to the bit', () => {
  fc.assert(
    fc.property(width, rows, (width, most) => {
      const n = Math.min(most, Math.ceil(40_000 / width));
      expect(normalised(normaliseRowsInto, normaliseRowsBackInto, n, width)).toEqual(
        normalised(normaliseRows, normaliseRowsBack, n, width),
      );
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('softmaxRowsBackInto and addColumnsInto equal their references to the bit', () => {
  fc.assert(
    fc.property(width, rows, (width, most) => {
      const n = Math.min(most, Math.ceil(40_000 / width));
      const [grad, y] = [wave(n * width, 0.7), wave(n * width, 1.3)];
      const [back, expected] = [new Float32Array(n * width), new Float32Array(n * width)];
      softmaxRowsBackInto(grad, y, width, back);
      softmaxRowsBack(grad, y, width, expected);
      const [totals, expectedTotals] = [new Float64Array(width).fill(1), new Float64Array(width).fill(1)];
      addColumnsInto(grad, totals);
      addColumns(grad, expectedTotals);
      expect([back, totals]).toEqual([expected, expectedTotals]);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('rows by hand: 0 and 2 have mean 1 and variance 1', () => {
  const moments = { means: new Float64Array(1), scales: new Float64Array(1) };
  const out = new Float32Array(2);
  const factors = { weight: Float64Array.of(1, 10), bias: Float64Array.of(0, 5) };
  normaliseRowsInto(Float32Array.of(0, 2), factors, 0, moments, out);
  expect([moments.means[0], moments.scales[0], ...out]).toEqual([1, 1, -1, 15]);
});

function normalised(forward: typeof normaliseRows, back: typeof normaliseRowsBack, n: number, width: number) {
  const [x, grad] = [wave(n * width, 0.7), wave(n * width, 1.3)];
  const [weight, bias] = [1.1, 0.2].map(pace => new Float64Array(wave(width, pace))) as [Float64Array, Float64Array];
  const moments = { means: new Float64Array(n), scales: new Float64Array(n) };
  const sums = { weight: new Float64Array(width), bias: new Float64Array(width) };
  const [out, dx] = [new Float32Array(x.length), new Float32Array(x.length)];
  forward(x, { weight, bias }, 1e-5, moments, out);
  back(grad, x, weight, moments, dx, sums);
  return { moments, out, dx, sums };
}

function wave(length: number, pace: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(1 + i * pace));
}
