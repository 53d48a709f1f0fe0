import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descendingOrder } from '../../../src/metrics/ranking/descending-order.ts';

const score = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 1e300, -1e-300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

test('descendingOrder agrees with a stable comparison sort, below and above the size of the radix sort', () => {
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 40 }), fc.boolean(), (drawn, isLarge) => {
      const scores = Float64Array.from({ length: isLarge ? 1500 : drawn.length }, (_, i) => drawn[i % drawn.length]!);
      const expected = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
      expect([...descendingOrder(scores)]).toEqual(expected);
    }),
  );
});
