import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  coverageError,
  dcgScore,
  detCurve,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  ndcgScore,
  precisionRecallCurve,
  topKAccuracyScore,
} from '../../../src/metrics/index.ts';

test('dcgScore divides the relevance at rank r by log2(r + 1)', () => {
  expect(dcgScore([[1, 3, 0]], [[3, 2, 1]])).toBeCloseTo(1 / 1 + 3 / Math.log2(3), 14);
});

test('dcgScore averages over the orders of ties', () => {
  const both = (dcgScore([[1, 3]], [[2, 1]]) + dcgScore([[1, 3]], [[1, 2]])) / 2;
  expect(dcgScore([[1, 3]], [[5, 5]])).toBeCloseTo(both, 14);
});

test('ndcgScore of the relevances themselves is 1', () => {
  const row = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(row, relevance => {
      fc.pre(relevance.some(value => value > 0));
      expect(ndcgScore([relevance], [relevance])).toBeCloseTo(1, 14);
    }),
  );
});

test('topKAccuracyScore prefers the later of equal columns', () => {
  expect(
    topKAccuracyScore(
      [0, 1, 2],
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      { k: 2, normalize: false },
    ),
  ).toBe(2);
});

test('label rankings: every true label first has coverage = their number, precision 1 and loss 0', () => {
  const [yTrue, yScore] = [
    [
      [1, 0, 1],
      [0, 1, 0],
    ],
    [
      [3, 1, 2],
      [0, 9, 1],
    ],
  ];
  expect(coverageError(yTrue!, yScore!)).toBe(1.5);
  expect(labelRankingAveragePrecisionScore(yTrue!, yScore!)).toBe(1);
  expect(labelRankingLoss(yTrue!, yScore!)).toBe(0);
});

test('precisionRecallCurve ends at (recall 0, precision 1) without a threshold', () => {
  const { precision, recall, thresholds } = precisionRecallCurve([0, 1, 1], [1, 2, 3]);
  expect([...precision]).toEqual([2 / 3, 1, 1, 1]);
  expect([...recall]).toEqual([1, 1, 0.5, 0]);
  expect([...thresholds]).toEqual([1, 2, 3]);
});

test('detCurve spans from no misses to no false alarms', () => {
  const { fpr, fnr } = detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  expect([...fpr]).toEqual([0.5, 0.5, 0]);
  expect([...fnr]).toEqual([0, 0.5, 0.5]);
});

test('ranked lists are refused in one sentence', () => {
  expect(() => ndcgScore([[-1, 1]], [[1, 2]])).toThrow(
    'Cannot compute ndcgScore: yTrue must hold relevances >= 0, received -1',
  );
  expect(() => detCurve([1, 1], [1, 2])).toThrow(
    'Cannot compute detCurve: yTrue must hold both classes, received no negatives',
  );
  expect(() =>
    topKAccuracyScore(
      [0, 1],
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    ),
  ).toThrow(
    'Cannot compute topKAccuracyScore: yScore must have one column per label (2: [0, 1]), received 3 columns; pass all known labels as labels',
  );
});
