import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logFactorials } from '../../../src/metrics/cluster/log-factorials.ts';
import {
  adjustedMutualInfoScore,
  adjustedRandScore,
  contingencyMatrix,
  expectedMutualInformation,
  fowlkesMallowsScore,
  homogeneityCompletenessVMeasure,
  mutualInfoScore,
  normalizedMutualInfoScore,
  pairConfusionMatrix,
  randScore,
} from '../../../src/metrics/index.ts';

const clusterings = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 2,
});
const scores = [randScore, adjustedRandScore, normalizedMutualInfoScore, adjustedMutualInfoScore, fowlkesMallowsScore];

test('agreement scores do not change when clusters are renamed, nor when the lists change places', () => {
  fc.assert(
    fc.property(clusterings, pairs => {
      const [a, b] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      for (const score of scores) {
        expect(score(a, b)).toBeCloseTo(
          score(
            a.map(label => `c${9 - label}`),
            b,
          ),
          12,
        );
        expect(score(a, b)).toBeCloseTo(score(b, a), 12);
      }
    }),
  );
});

test('equal clusterings score 1', () => {
  for (const score of scores) expect(score([0, 0, 1, 2], ['x', 'x', 'y', 'z'])).toBeCloseTo(1, 14);
});

test('randScore counts pairs of samples: 5 of 6 agree', () => {
  expect(randScore([0, 0, 1, 1], [0, 0, 1, 2])).toBe(5 / 6);
  expect(pairConfusionMatrix([0, 0, 1, 1], [0, 0, 1, 2]).toArray()).toEqual([
    [8, 0],
    [2, 2],
  ]);
});

test('adjustedRandScore keeps its digits where products pass 2^53', () => {
  const n = 30_000;
  const a = Array.from({ length: n }, (_, i) => i % 2);
  const b = Array.from({ length: n }, (_, i) => (i >> 1) % 2);
  // Independent halves: the index is n (n - 4) / 8, its maximum n (n - 2) / 4, which leaves -1 / (n - 2).
  expect(adjustedRandScore(a, b)).toBeCloseTo(-1 / (n - 2), 18);
});

test('mutualInfoScore of labels and of their contingency matrix agree', () => {
  const [a, b] = [
    [0, 0, 1, 1, 2],
    [0, 1, 1, 1, 2],
  ];
  const contingency = contingencyMatrix(a!, b!);
  expect(mutualInfoScore([], [], { contingency })).toBeCloseTo(mutualInfoScore(a!, b!), 14);
});

test('contingencyMatrix counts the same, dense, sparse, and for more pairs than a table holds', () => {
  const a = Array.from({ length: 4000 }, (_, i) => i >> 1);
  const b = Array.from({ length: 4000 }, (_, i) => (i * 7) % 3000);
  const sparse = contingencyMatrix(a, b, { sparse: true });
  expect(sparse.data.length).toBe(4000);
  expect(sparse.toDense().get(1, 14)).toBe(1);
  expect(contingencyMatrix(['p', 'q'], [1, 1], { sparse: true }).toDense().toArray()).toEqual([[1], [1]]);
});

test('expectedMutualInformation of two pairs of pairs: log 2 with chance 1/3', () => {
  expect(
    expectedMutualInformation(
      [
        [2, 0],
        [0, 2],
      ],
      4,
    ),
  ).toBeCloseTo(Math.log(2) / 3, 14);
});

test('homogeneity is 1 for pure clusters, completeness for whole classes', () => {
  expect(homogeneityCompletenessVMeasure([0, 0, 1, 1], [0, 0, 1, 2])).toEqual({
    homogeneity: 1,
    completeness: expect.closeTo(2 / 3, 14),
    vMeasure: expect.closeTo(0.8, 14),
  });
});

test('logFactorials agree with sums of logarithms', () => {
  const table = logFactorials(60);
  let total = 0;
  for (let k = 1; k <= 60; k++) {
    total += Math.log(k);
    expect(table[k]! / Math.max(total, 1)).toBeCloseTo(total / Math.max(total, 1), 14);
  }
});

test('agreement scores refuse bad lists', () => {
  expect(() => adjustedRandScore([], [])).toThrow(
    'Cannot compute adjustedRandScore: labelsTrue must not be empty, received length 0',
  );
  expect(() => adjustedRandScore([1], [1, 2])).toThrow(
    'Cannot compute adjustedRandScore: labelsTrue and labelsPred must have the same number of samples, received 1 and 2',
  );
});
