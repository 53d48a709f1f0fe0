import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  d2AbsoluteErrorScore,
  d2TweedieScore,
  explainedVarianceScore,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPinballLoss,
  meanSquaredError,
  meanTweedieDeviance,
  medianAbsoluteError,
  r2Score,
  rootMeanSquaredError,
} from '../../../src/metrics/index.ts';

const y = [1, 2, 3, 6];
const p = [1, 4, 3, 5];
const number = fc.double({ min: -100, max: 100, noNaN: true });
const values = fc.array(fc.tuple(number, number), { minLength: 3 });

test('errors 0, 2, 0, 1 have mean 3/4, squares 5/4, median 1/2 and greatest 2', () => {
  expect(meanAbsoluteError(y, p)).toBe(0.75);
  expect(meanSquaredError(y, p)).toBe(1.25);
  expect(rootMeanSquaredError(y, p)).toBe(Math.sqrt(1.25));
  expect(medianAbsoluteError(y, p)).toBe(0.5);
  expect(maxError(y, p)).toBe(2);
  expect(meanAbsolutePercentageError(y, p)).toBeCloseTo((0 + 1 + 0 + 1 / 6) / 4, 15);
});

test('meanPinballLoss at the median is half the absolute error', () => {
  expect(meanPinballLoss(y, p)).toBe(meanAbsoluteError(y, p) / 2);
});

test('r2Score = 1 - 5 / 14', () => {
  expect(r2Score(y, p)).toBeCloseTo(1 - 5 / 14, 15);
});

test('r2Score <= 1, and d2TweedieScore with power 0 is the same', () => {
  fc.assert(
    fc.property(values, pairs => {
      const [truth, guess] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      fc.pre(Math.max(...truth) - Math.min(...truth) > 1e-3);
      const score = r2Score(truth, guess);
      expect(score).toBeLessThanOrEqual(1);
      expect(d2TweedieScore(truth, guess)).toBeCloseTo(score, 6 - Math.ceil(Math.log10(2 - score)));
    }),
  );
});

test('explainedVarianceScore forgives a constant error', () => {
  expect(
    explainedVarianceScore(
      y,
      y.map(value => value + 7),
    ),
  ).toBe(1);
});

test('constant targets score 1 for a perfect prediction and 0 for others, or NaN and -Infinity', () => {
  expect(r2Score([2, 2], [2, 2])).toBe(1);
  expect(r2Score([2, 2], [2, 3])).toBe(0);
  expect(r2Score([2, 2], [2, 2], { forceFinite: false })).toBeNaN();
  expect(r2Score([2, 2], [2, 3], { forceFinite: false })).toBe(-Infinity);
});

test('one sample has no score', async () => {
  const { result, warnings } = await captureWarnings(() => [r2Score([1], [2]), d2AbsoluteErrorScore([1], [2])]);
  expect(result).toEqual([Number.NaN, Number.NaN]);
  expect(warnings.map(warning => warning.kind)).toEqual(['undefined-metric', 'undefined-metric']);
});

test('outputs come raw, averaged or weighted', () => {
  const [truth, guess] = [
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 2],
      [1, 2],
    ],
  ];
  const raw = meanSquaredError(truth!, guess!, { multioutput: 'rawValues' });
  expectTypeOf(raw).toEqualTypeOf<Float64Array>();
  expect([...raw]).toEqual([1, 4]);
  expect(meanSquaredError(truth!, guess!)).toBe(2.5);
  expect(meanSquaredError(truth!, guess!, { multioutput: [3, 1] })).toBe(1.75);
  expect(rootMeanSquaredError(truth!, guess!)).toBe(1.5);
});

test('a sample of weight 0 is no sample, one of weight 2 is two', () => {
  fc.assert(
    fc.property(values, pairs => {
      const weights = pairs.map((_, i) => (i === 0 ? 2 : i === 1 ? 0 : 1));
      const kept = [pairs[0]!, ...pairs.filter((_, i) => i !== 1)];
      const of = (list: [number, number][], column: 0 | 1) => list.map(pair => pair[column]);
      for (const metric of [meanSquaredError, meanAbsoluteError, medianAbsoluteError]) {
        const weighted = metric(of(pairs, 0), of(pairs, 1), { sampleWeight: weights });
        expect(weighted).toBeCloseTo(metric(of(kept, 0), of(kept, 1)), 8);
      }
    }),
  );
});

test('Tweedie deviances of equal values are 0 for every power', () => {
  for (const power of [-1.5, 0, 1, 1.5, 2, 2.5, 3]) {
    expect(meanTweedieDeviance([1, 2, 5], [1, 2, 5], { power })).toBeCloseTo(0, 13);
  }
});

test('regression metrics refuse bad input in one sentence', () => {
  expect(() => meanSquaredError([1, Number.NaN], [1, 2])).toThrow(
    'Cannot compute meanSquaredError: yTrue must hold finite numbers, received NaN at row 1',
  );
  expect(() =>
    meanSquaredError(
      [[1, 2], [3]],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toThrow(
    'Cannot compute meanSquaredError: yTrue must have rows of one length (2, as row 0), received length 1 at row 1',
  );
  expect(() => meanSquaredError([1], [1], { multioutput: [1] })).toThrow(
    'Cannot compute meanSquaredError: multioutput must not be weights where there is one output, received [1]',
  );
  expect(() => meanTweedieDeviance([0, 1], [1, 1], { power: 2 })).toThrow(
    'Cannot compute meanTweedieDeviance: yTrue must be positive for power 2, received 0 at row 0',
  );
  expect(() => meanTweedieDeviance([1], [1], { power: 0.5 })).toThrow(
    'Cannot compute meanTweedieDeviance: power must be a finite number, <= 0 or >= 1, received 0.5',
  );
  expect(() => d2TweedieScore([1], [1], { power: 0.5 })).toThrow(
    'Cannot compute d2TweedieScore: power must be a finite number, <= 0 or >= 1, received 0.5',
  );
});
