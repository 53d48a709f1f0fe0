import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  calinskiHarabaszScore,
  daviesBouldinScore,
  pairwiseDistances,
  silhouetteSamples,
  silhouetteScore,
} from '../../../src/metrics/index.ts';

const X = [[0], [1], [5], [6]];
const labels = ['a', 'a', 'b', 'b'];

test('silhouetteSamples = (b - a) / max(a, b): at 0 a is 1 and b 5.5', () => {
  const [first] = silhouetteSamples(X, labels);
  expect(first).toBeCloseTo(4.5 / 5.5, 15);
});

test('silhouetteSamples of a sample alone in its cluster is 0', () => {
  expect(silhouetteSamples([[0], [1], [9]], [0, 0, 1])[2]).toBe(0);
});

test('silhouetteScore of points and of their distances agree', () => {
  const point = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 12 }), points => {
      const clusters = points.map((_, i) => i % 2);
      const D = pairwiseDistances(points, null, { metric: 'manhattan' });
      const byDistance = silhouetteScore(D, clusters, { metric: 'precomputed' });
      expect(silhouetteScore(points, clusters, { metric: 'manhattan' })).toBeCloseTo(byDistance, 13);
    }),
  );
});

test('silhouetteScore of a sample repeats with its seed', () => {
  const points = Array.from({ length: 30 }, (_, i) => [(i * 7) % 11, (i * 5) % 13]);
  const clusters = points.map((_, i) => i % 3);
  const once = () => silhouetteScore(points, clusters, { sampleSize: 12, randomState: 4 });
  expect(once()).toBe(once());
});

test('calinskiHarabaszScore = between / within * (n - k) / (k - 1) = 25 / 1 * 2', () => {
  expect(calinskiHarabaszScore(X, labels)).toBe(50);
});

test('daviesBouldinScore: clusters of one mean are as near as can be, and left out as in scikit-learn', () => {
  const rows = [1, 1, 0, ...Array(6).fill(1), ...Array(3).fill(0), 5, 6].map(value => [value]);
  const codes = [...Array(3).fill(0), ...Array(9).fill(1), 2, 2];
  expect(daviesBouldinScore(rows, codes)).toBeCloseTo(0.19540229885057472, 14);
});

test('daviesBouldinScore = (1/2 + 1/2) / 5', () => {
  expect(daviesBouldinScore(X, labels)).toBe(0.2);
});

test('cluster scores refuse too few and too many clusters', () => {
  expect(() => silhouetteScore(X, [0, 0, 0, 0])).toThrow(
    'Cannot compute silhouetteScore: labels must name 2 to nSamples - 1 (3) clusters, received 1',
  );
  expect(() =>
    silhouetteSamples(
      [
        [0, 1],
        [1, 2],
      ],
      [0, 1],
      { metric: 'precomputed' },
    ),
  ).toThrow('Cannot compute silhouetteSamples: labels must name 2 to nSamples - 1 (1) clusters, received 2');
});
