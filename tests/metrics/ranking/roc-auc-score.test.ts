import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import { auc, averagePrecisionScore, rocAucScore, rocCurve } from '../../../src/metrics/index.ts';

const scored = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -3, max: 3 })), { minLength: 2 })
  .filter(pairs => new Set(pairs.map(pair => pair[0])).size === 2);

test('rocAucScore is the share of pairs (positive, negative) in the right order, ties counting half', () => {
  fc.assert(
    fc.property(scored, pairs => {
      const positive = pairs.filter(pair => pair[0] === 1);
      const negative = pairs.filter(pair => pair[0] === 0);
      const wins = positive.flatMap(([, a]) => negative.map(([, b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const share = wins.reduce<number>((total, win) => total + win, 0) / wins.length;
      expect(
        rocAucScore(
          pairs.map(pair => pair[0]),
          pairs.map(pair => pair[1]),
        ),
      ).toBeCloseTo(share, 14);
    }),
  );
});

test('rocAucScore is the area under rocCurve, with or without intermediate points', () => {
  fc.assert(
    fc.property(scored, fc.boolean(), (pairs, dropIntermediate) => {
      const [yTrue, yScore] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      const { fpr, tpr } = rocCurve(yTrue, yScore, { dropIntermediate });
      expect(auc(fpr, tpr)).toBeCloseTo(rocAucScore(yTrue, yScore), 13);
    }),
  );
});

test('rocCurve starts at (0, 0) with threshold Infinity', () => {
  const { fpr, tpr, thresholds } = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  expect([...fpr]).toEqual([0, 0, 0.5, 0.5, 1]);
  expect([...tpr]).toEqual([0, 0.5, 0.5, 1, 1]);
  expect([...thresholds]).toEqual([Infinity, 0.8, 0.4, 0.35, 0.1]);
});

test('rocAucScore up to maxFpr is 1/2 for chance and 1 for perfection', () => {
  expect(rocAucScore([0, 1, 0, 1], [1, 1, 1, 1], { maxFpr: 0.3 })).toBeCloseTo(0.5, 15);
  expect(rocAucScore([0, 1, 0, 1], [1, 2, 1, 2], { maxFpr: 0.3 })).toBe(1);
});

test('rocAucScore of one class is NaN with a warning', async () => {
  const { result, warnings } = await captureWarnings(() => rocAucScore([1, 1], [0.2, 0.3]));
  expect(result).toBeNaN();
  expect(warnings).toEqual([
    { kind: 'undefined-metric', source: 'rocAucScore', message: 'yTrue holds one class only; the area is NaN' },
  ]);
});

test('averagePrecisionScore sums precision over the steps of recall: 1/2 * 1 + 1/2 * 2/3', () => {
  expect(averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(5 / 6, 15);
});

test('rocAucScore refuses what it cannot rank', () => {
  const table = [
    [0.5, 0.3, 0.2],
    [0.2, 0.5, 0.3],
    [0.1, 0.1, 0.8],
  ];
  expect(() => rocAucScore([0, 1, 2], table)).toThrow(
    "Cannot compute rocAucScore: multiClass must be 'ovr' or 'ovo' for more than two classes, received 'raise'",
  );
  expect(() => rocAucScore([0, 1, 2], [[1, 1, 1], ...table.slice(1)], { multiClass: 'ovr' })).toThrow(
    'Cannot compute rocAucScore: yScore must hold probabilities that sum to 1 in each row, received 3 at row 0',
  );
  expect(() =>
    rocAucScore(
      [0, 1],
      [
        [0.5, 0.5],
        [0.2, 0.8],
      ],
    ),
  ).toThrow(
    'Cannot compute rocAucScore: yScore must have one score per sample for two classes, received 2 columns; pass the column of the greater label',
  );
  expect(() => rocAucScore([0, 1], [0.5, Infinity])).toThrow(
    'Cannot compute rocAucScore: yScore must hold finite numbers, received Infinity at row 1',
  );
  expect(() => rocCurve(['no', 'yes'], [0, 1])).toThrow(
    "Cannot compute rocCurve: posLabel must be given unless the labels of yTrue are 0 and 1, or -1 and 1, received ['no', 'yes']",
  );
});
