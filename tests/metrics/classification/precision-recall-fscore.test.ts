import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  accuracyScore,
  confusionMatrix,
  f1Score,
  fbetaScore,
  jaccardScore,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
} from '../../../src/metrics/index.ts';

// tp 2, fp 1, fn 1
const yTrue = [1, 1, 1, 0, 0];
const yPred = [1, 1, 0, 1, 0];

test('precision = tp / (tp + fp), recall = tp / (tp + fn), F1 = 2 tp / (2 tp + fp + fn)', () => {
  expect(precisionScore(yTrue, yPred)).toBe(2 / 3);
  expect(recallScore(yTrue, yPred)).toBe(2 / 3);
  expect(f1Score(yTrue, yPred)).toBe(4 / 6);
  expect(jaccardScore(yTrue, yPred)).toBe(2 / 4);
});

test('fbetaScore with beta 0 is precision, with beta Infinity recall', () => {
  const [truth, guess] = [
    [1, 1, 1, 0],
    [1, 0, 0, 0],
  ];
  expect(fbetaScore(truth!, guess!, { beta: 0 })).toBe(precisionScore(truth!, guess!));
  expect(fbetaScore(truth!, guess!, { beta: Infinity })).toBe(recallScore(truth!, guess!));
});

test('average null gives one score per label, in the order of labels', () => {
  const recall = recallScore(['a', 'b', 'b'], ['a', 'a', 'b'], { average: null, labels: ['b', 'a'] });
  expectTypeOf(recall).toEqualTypeOf<Float64Array>();
  expect([...recall]).toEqual([0.5, 1]);
  expectTypeOf(recallScore(['a'], ['a'], { average: 'macro' })).toEqualTypeOf<number>();
});

test('posLabel true is the default of boolean labels', () => {
  expect(precisionScore([true, false, true], [true, true, true])).toBe(2 / 3);
});

test('micro F1 over all labels is accuracy, for any labels', () => {
  const label = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), pairs => {
      const [truth, guess] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      expect(f1Score(truth, guess, { average: 'micro', zeroDivision: 0 })).toBeCloseTo(accuracyScore(truth, guess), 14);
    }),
  );
});

test('support is the row sums of the confusion matrix', () => {
  const { support } = precisionRecallFscoreSupport(yTrue, yPred);
  const counts = confusionMatrix(yTrue, yPred);
  expect([...support]).toEqual([counts.get(0, 0) + counts.get(0, 1), counts.get(1, 0) + counts.get(1, 1)]);
});

test('0/0 is 0 with a warning by default, and NaN is left out of averages', async () => {
  const { result, warnings } = await captureWarnings(() => precisionScore([1, 1], [0, 0]));
  expect(result).toBe(0);
  expect(warnings).toEqual([
    {
      kind: 'undefined-metric',
      source: 'precisionScore',
      message:
        'precision is undefined where nothing is predicted; it is set to 0 there; use zeroDivision to choose another value',
    },
  ]);
  // Label 0 has recall 1; label 1 is never true.
  expect(recallScore([0, 0], [0, 0], { labels: [0, 1], average: 'macro', zeroDivision: Number.NaN })).toBe(1);
});

test('set scores refuse averages and labels that do not fit', () => {
  expect(() => f1Score([0, 1, 2], [0, 1, 2])).toThrow(
    "Cannot compute f1Score: average must be 'micro', 'macro', 'weighted' or null for a multiclass target, received 'binary'",
  );
  expect(() => f1Score(['a', 'b'], ['a', 'b'])).toThrow(
    "Cannot compute f1Score: posLabel must be one of ['a', 'b'], received 1; pass posLabel, or another average",
  );
  expect(() => f1Score([0, 1], [0, 1], { zeroDivision: 2 })).toThrow(
    "Cannot compute f1Score: zeroDivision must be one of ['warn', 0, 1, NaN], received 2",
  );
  expect(() => fbetaScore([0, 1], [0, 1], { beta: -1 })).toThrow(
    'Cannot compute fbetaScore: beta must be a number >= 0, received -1',
  );
});
