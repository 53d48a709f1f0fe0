import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  cosineDistances,
  type DistanceName,
  euclideanDistances,
  haversineDistances,
  nanEuclideanDistances,
  pairedDistances,
  pairwiseDistances,
  pairwiseDistancesArgmin,
  pairwiseDistancesArgminMin,
} from '../../../src/metrics/index.ts';

const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
const rows = fc.array(row, { minLength: 3, maxLength: 3 });
const METRICS: DistanceName[] = ['euclidean', 'manhattan', 'chebyshev', 'minkowski', 'canberra', 'hamming'];

test('metrics are symmetric, zero from a row to itself, and obey the triangle', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...METRICS), fc.constantFrom(1, 1.5, 3), (X, metric, p) => {
      const D = pairwiseDistances(X, null, metric === 'minkowski' ? { metric, p } : { metric });
      for (let i = 0; i < 3; i++) {
        expect(D.get(i, i)).toBe(0);
        expect(D.get(0, i)).toBe(D.get(i, 0));
      }
      expect(D.get(0, 2)).toBeLessThanOrEqual(D.get(0, 1) + D.get(1, 2) + 1e-12);
    }),
  );
});

test('minkowski of orders 1, 2 and Infinity is manhattan, euclidean and chebyshev', () => {
  const X = [
    [0, 0],
    [3, 4],
  ];
  const at = (p: number) => pairwiseDistances(X, null, { metric: 'minkowski', p }).get(0, 1);
  expect([at(1), at(2), at(Infinity)]).toEqual([7, 5, 4]);
});

test('euclideanDistances keep small differences of large numbers', () => {
  expect(euclideanDistances([[1e8, 0]], [[1e8 + 1e-3, 0]]).get(0, 0)).toBeCloseTo(1e-3, 7);
});

test('nanEuclideanDistances scale up to all columns: sqrt(2 / 1 * 1)', () => {
  expect(nanEuclideanDistances([[1, Number.NaN]], [[0, 5]]).get(0, 0)).toBe(Math.SQRT2);
  expect(nanEuclideanDistances([[1, Number.NaN]], [[Number.NaN, 5]]).get(0, 0)).toBeNaN();
});

test('cosineDistances are 0 for a direction and its multiple, 1 at right angles, 2 for the opposite', () => {
  expect(
    cosineDistances(
      [[1, 0]],
      [
        [2, 0],
        [0, 3],
        [-1, 0],
      ],
    ).toArray(),
  ).toEqual([[0, 1, 2]]);
});

test('haversineDistances from pole to pole are half the circle', () => {
  expect(haversineDistances([[Math.PI / 2, 0]], [[-Math.PI / 2, 0]]).get(0, 0)).toBeCloseTo(Math.PI, 14);
});

test('pairwiseDistances take a function of two rows', () => {
  expect(pairwiseDistances([[1], [4]], [[2]], { metric: (a, b) => a[0]! * b[0]! }).toArray()).toEqual([[2], [8]]);
});

test('mahalanobis with the identity is euclidean', () => {
  const options = {
    metric: 'mahalanobis',
    VI: [
      [1, 0],
      [0, 1],
    ],
  } as const;
  expect(pairwiseDistances([[0, 0]], [[3, 4]], options).get(0, 0)).toBe(5);
});

test('boolean distances warn of numbers that they take for yes', async () => {
  const { warnings } = await captureWarnings(() => pairwiseDistances([[2, 0]], [[1, 1]], { metric: 'jaccard' }));
  expect(warnings.map(warning => warning.kind)).toEqual(['data-conversion']);
});

test('pairwiseDistancesArgmin finds the first of the nearest rows', () => {
  expect([...pairwiseDistancesArgmin([[0], [5]], [[4], [1], [6]])]).toEqual([1, 0]);
  const { indices, distances } = pairwiseDistancesArgminMin([[0], [5]], [[4], [1]], { axis: 0 });
  expect([[...indices], [...distances]]).toEqual([
    [1, 0],
    [1, 1],
  ]);
});

test('pairedDistances are the diagonal of pairwiseDistances', () => {
  const [X, Y] = [
    [
      [1, 2],
      [3, 5],
    ],
    [
      [0, 2],
      [7, 1],
    ],
  ];
  const all = pairwiseDistances(X!, Y!);
  expect([...pairedDistances(X!, Y!)]).toEqual([all.get(0, 0), all.get(1, 1)]);
});

test('pairwise distances refuse bad tables and parameters', () => {
  expect(() => euclideanDistances([[1, 2]], [[1]])).toThrow(
    'Cannot compute euclideanDistances: Y must have as many columns as X (2), received 1',
  );
  expect(() => euclideanDistances([[1, Number.NaN]])).toThrow(
    'Cannot compute euclideanDistances: X must hold finite numbers, received NaN at row 0, column 1',
  );
  expect(() => pairwiseDistances([[1]], null, { metric: 'manhattan', p: 3 })).toThrow(
    "Cannot compute pairwiseDistances: p must be absent unless metric is 'minkowski', received metric 'manhattan'",
  );
  expect(() => pairwiseDistances([[1]], [[2]], { metric: 'seuclidean' })).toThrow(
    "Cannot compute pairwiseDistances: V must be given for 'seuclidean' where there is a Y, received none",
  );
});

test('by name, each row is at distance 0 from itself, as in scikit-learn, where the formula says otherwise', () => {
  // russellrao: the share of columns that are not both 1; braycurtis of zeros: 0 / 0.
  const X = [
    [1, 0],
    [0, 0],
  ];
  expect(pairwiseDistances(X, null, { metric: 'russellrao' }).toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(pairwiseDistances(X, null, { metric: 'braycurtis' }).toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(pairwiseDistances(X, [...X], { metric: 'russellrao' }).toArray()).toEqual([
    [0.5, 1],
    [1, 1],
  ]);
});
