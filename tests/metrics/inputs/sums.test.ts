import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, sum, weightedPercentile, weightedSum } from '../../../src/metrics/inputs/index.ts';

test('sum loses less than a plain loop: a million times 0.1', () => {
  const tenths = new Float64Array(1_000_000).fill(0.1);
  expect(Math.abs(sum(tenths) - 100_000)).toBeLessThan(1e-9);
});

test('sum takes each element once, at every length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), n => {
      expect(sum(Float64Array.from({ length: n }, (_, i) => i + 1))).toBe((n * (n + 1)) / 2);
    }),
  );
});

test('mean and weightedSum: (1 * 3 + 2 * 1) / 4', () => {
  expect(weightedSum([1, 2], [3, 1])).toBe(5);
  expect(mean([1, 2], [3, 1])).toBe(1.25);
});

test('weightedPercentile 50 with equal weights is the median', () => {
  const list = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 });
  fc.assert(
    fc.property(list, values => {
      const data = Float64Array.from(values);
      expect(weightedPercentile(data, undefined, 50)).toBe(median(data));
    }),
  );
});

test('weightedPercentile passes over samples of weight 0', () => {
  expect(weightedPercentile(Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 0, 0, 1), 50)).toBe(2.5);
  expect(weightedPercentile(Float64Array.of(1, 2, 3), Float64Array.of(0, 1, 1), 0)).toBe(2);
});
