import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import {
  balancedAccuracyScore,
  classLikelihoodRatios,
  cohenKappaScore,
  confusionMatrix,
  matthewsCorrcoef,
  multilabelConfusionMatrix,
} from '../../../src/metrics/index.ts';

const yTrue = [1, 1, 1, 0, 0];
const yPred = [1, 1, 0, 1, 0];

test('confusionMatrix has true labels in rows and predicted ones in columns', () => {
  expect(confusionMatrix(['b', 'a', 'b'], ['a', 'a', 'b']).toArray()).toEqual([
    [1, 0],
    [1, 1],
  ]);
  expect([...confusionMatrix(yTrue, yPred).data]).toEqual([1, 1, 1, 2]);
});

test('confusionMatrix leaves out labels that are not asked for, and orders those that are', () => {
  expect(confusionMatrix([0, 1, 2, 2], [0, 2, 2, 1], { labels: [2, 0] }).toArray()).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('confusionMatrix normalises rows, columns or all, 0/0 being 0', () => {
  const by = (normalize: 'true' | 'pred' | 'all') => confusionMatrix([0, 0, 1], [0, 2, 0], { normalize }).toArray();
  expect(by('true')).toEqual([
    [0.5, 0, 0.5],
    [1, 0, 0],
    [0, 0, 0],
  ]);
  expect(by('pred')).toEqual([
    [0.5, 0, 1],
    [0.5, 0, 0],
    [0, 0, 0],
  ]);
  expect(by('all')).toEqual([
    [1 / 3, 0, 1 / 3],
    [1 / 3, 0, 0],
    [0, 0, 0],
  ]);
});

test('multilabelConfusionMatrix of a label is [[tn, fp], [fn, tp]]', () => {
  expect(multilabelConfusionMatrix(yTrue, yPred)[1]!.toArray()).toEqual([
    [1, 1],
    [1, 2],
  ]);
});

test('balancedAccuracyScore is the mean recall: (2/3 + 1/2) / 2', () => {
  expect(balancedAccuracyScore(yTrue, yPred)).toBeCloseTo(7 / 12, 15);
});

test('matthewsCorrcoef = (tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))', () => {
  expect(matthewsCorrcoef(yTrue, yPred)).toBeCloseTo((2 * 1 - 1 * 1) / Math.sqrt(3 * 3 * 2 * 2), 15);
  expect(matthewsCorrcoef([1, 1], [0, 1])).toBe(0);
});

test('cohenKappaScore = (p_o - p_e) / (1 - p_e), NaN with a warning where both give one label', async () => {
  const [observed, expected] = [3 / 5, (3 * 3 + 2 * 2) / 25];
  expect(cohenKappaScore(yTrue, yPred)).toBeCloseTo((observed - expected) / (1 - expected), 14);
  const { result, warnings } = await captureWarnings(() => cohenKappaScore(['a', 'a'], ['a', 'a']));
  expect(result).toBeNaN();
  expect(warnings[0]!.kind).toBe('undefined-metric');
});

test('classLikelihoodRatios: sensitivity / (1 - specificity) and (1 - sensitivity) / specificity', () => {
  const { positive, negative } = classLikelihoodRatios(yTrue, yPred);
  expect(positive).toBeCloseTo(2 / 3 / (1 / 2), 14);
  expect(negative).toBeCloseTo(1 / 3 / (1 / 2), 14);
});

test('confusionMatrix and its relatives refuse labels that do not fit', () => {
  expect(() => confusionMatrix([0, 1], [0, 1], { labels: [2, 3] })).toThrow(
    'Cannot compute confusionMatrix: at least one of labels must occur in yTrue, received [2, 3]',
  );
  expect(() => confusionMatrix([0, 1], [0, 1], { labels: [1, 1] })).toThrow(
    'Cannot compute confusionMatrix: labels must not repeat, received [1, 1]',
  );
  expect(() => classLikelihoodRatios([0, 1, 2], [0, 1, 2])).toThrow(
    'Cannot compute classLikelihoodRatios: yTrue and yPred must hold exactly two labels, received 3',
  );
});
