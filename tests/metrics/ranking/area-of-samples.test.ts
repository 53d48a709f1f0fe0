import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortByComparing } from '../../../src/kernels/descending-order/reference.ts';
import { areaOfSamples } from '../../../src/metrics/ranking/area-of-samples.ts';
import { area } from '../../../src/metrics/ranking/roc-area.ts';
import { corners, countAtThresholds } from '../../../src/metrics/ranking/thresholds.ts';

test('areaOfSamples is the area under the corners of the curve, to the bit', () => {
  const sample = fc.tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })),
  );
  fc.assert(
    fc.property(fc.array(sample, { minLength: 2, maxLength: 200 }), samples => {
      const isPositive = Uint8Array.from(samples, ([label]) => label);
      const scores = Float64Array.from(samples, ([, score]) => score);
      const positives = isPositive.reduce((count, label) => count + label, 0);
      fc.pre(positives > 0 && positives < samples.length);
      const { fps, tps } = corners(countAtThresholds({ isPositive, scores, weights: undefined }));
      const expected = area(
        fps.map(count => count / (samples.length - positives)),
        tps.map(count => count / positives),
      );
      expect(areaOfSamples(sortByComparing(scores, isPositive), positives)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['two scores, the right way round', [2, 1], 1],
  ['two scores, the wrong way round', [1, 2], 0],
  ['one score', [1, 1], 0.5],
])('areaOfSamples of a positive and a negative sample: %s', (_, scores, expected) => {
  expect(areaOfSamples(sortByComparing(Float64Array.from(scores), [1, 0]), 1)).toBe(expected);
});
