import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortByComparing } from '../../src/kernels/descending-order/reference.ts';
import { readDescending } from '../../src/kernels/index.ts';
import { RandomState } from '../../src/random/index.ts';

/** Sorted with their rows as tags, copied: the lists are gone afterwards. */
function sortDescending(scores: Float64Array) {
  return readDescending(scores, Int32Array.from(scores.keys()), sorted => ({
    scores: sorted.scores.slice(),
    tags: sorted.tags.slice(),
  }));
}

const score = fc.oneof(fc.constantFrom(0, -0, 1, -1, 1e300, -1e-300, Infinity, -Infinity), fc.double({ noNaN: true }));

test('readDescending agrees with comparing, for few rows and for many', () => {
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 40 }), fc.boolean(), (drawn, isLarge) => {
      const scores = Float64Array.from({ length: isLarge ? 1500 : drawn.length }, (_, i) => drawn[i % drawn.length]!);
      expect(sortDescending(scores)).toEqual(sortByComparing(scores, [...scores.keys()]));
    }),
    { seed: 1 },
  );
});

// Random scores; scores that differ in their last bits only, falling, rising and mixed; scores with many repeats.
const random = new RandomState(0).standardNormal(5000);
test.each([
  ['random scores', random],
  ['scores equal but for their last bits', random.map(value => 1 + value * 1e-13)],
  ['falling last bits', random.map((_, i) => 1 - i * 2 ** -53)],
  ['rising last bits', random.map((_, i) => -1 - i * 2 ** -52)],
  ['repeats', random.map(value => Math.round(value))],
  ['one score', random.map(() => 0.25)],
])('readDescending orders %s as comparing does', (_, scores) => {
  expect(sortDescending(scores)).toEqual(sortByComparing(scores, [...scores.keys()]));
});
