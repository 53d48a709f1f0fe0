import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SamplingOptions, sampleWithoutReplacement } from '../../src/random/index.ts';

test('sampleWithoutReplacement gives the values of scikit-learn documentation', () => {
  expect(sampleWithoutReplacement(10, 5, { randomState: 42 })).toEqual(Int32Array.of(8, 1, 5, 0, 7));
});

test('sampleWithoutReplacement: distinct members of the population by every method', () => {
  const method = fc.constantFrom<NonNullable<SamplingOptions['method']>>(
    'auto',
    'tracking_selection',
    'reservoir_sampling',
    'pool',
  );
  const sizes = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), sizes, method, (seed, [a, b], how) => {
      const population = Math.max(a, b);
      const sample = sampleWithoutReplacement(population, Math.min(a, b), { randomState: seed, method: how });
      expect(new Set(sample).size).toBe(Math.min(a, b));
      expect(sample.every(value => value >= 0 && value < population)).toBe(true);
    }),
  );
});

test('sampleWithoutReplacement refuses to draw more than there are', () => {
  expect(() => sampleWithoutReplacement(3, 4)).toThrow(
    expect.objectContaining({ message: 'Cannot draw a sample: nSamples must be <= nPopulation (3), received 4' }),
  );
});
