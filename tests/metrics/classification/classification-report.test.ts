import { expect, test } from 'vitest';
import { captureWarnings } from '../../../src/errors/index.ts';
import { formatFixed, formatFloat } from '../../../src/metrics/classification/format-fixed.ts';
import { classificationReport } from '../../../src/metrics/index.ts';

test('classificationReport prints what scikit-learn prints', async () => {
  const { result } = await captureWarnings(() =>
    classificationReport(['a', 'b', 'c', 'c', 'a'], ['a', 'a', 'c', 'c', 'a']),
  );
  expect(result).toBe(
    [
      '              precision    recall  f1-score   support',
      '',
      '           a       0.67      1.00      0.80         2',
      '           b       0.00      0.00      0.00         1',
      '           c       1.00      1.00      1.00         2',
      '',
      '    accuracy                           0.80         5',
      '   macro avg       0.56      0.67      0.60         5',
      'weighted avg       0.67      0.80      0.72         5',
      '',
    ].join('\n'),
  );
});

test('classificationReport names the micro average where labels leave some out', () => {
  const text = classificationReport([0, 1, 2], [0, 1, 2], { labels: [0, 1], targetNames: ['zero', 'one'] });
  expect(text.split('\n').map(line => line.slice(0, 12).trim())).toEqual([
    '',
    '',
    'zero',
    'one',
    '',
    'micro avg',
    'macro avg',
    'weighted avg',
    '',
  ]);
});

test('classificationReport gives an object with accuracy as a bare number', () => {
  const report = classificationReport([0, 1, 1, 1], [0, 1, 1, 0], { output: 'object' });
  expect(report.accuracy).toBe(0.75);
  expect(report['1']).toEqual({ precision: 1, recall: 2 / 3, 'f1-score': 0.8, support: 3 });
  expect(Object.keys(report)).toEqual(['0', '1', 'accuracy', 'macro avg', 'weighted avg']);
});

test('classificationReport warns once for each score that is 0/0', async () => {
  const { warnings } = await captureWarnings(() => classificationReport([0, 1, 1], [0, 0, 0]));
  expect(warnings.map(({ kind, source }) => [kind, source])).toEqual([['undefined-metric', 'classificationReport']]);
});

test('classificationReport refuses names that do not fit', () => {
  expect(() => classificationReport([0, 1], [0, 1], { targetNames: ['a'] })).toThrow(
    "Cannot compute classificationReport: targetNames must have one name per label (2), received ['a']; pass labels too",
  );
});

test('formatFixed rounds exact ties to even and all else to the nearest', () => {
  expect([0.125, 0.375, 0.625, 0.875].map(value => formatFixed(value, 2))).toEqual(['0.12', '0.38', '0.62', '0.88']);
  // 0.15 is a little less than 15/100 in binary, 0.25 exactly 25/100.
  expect([0.15, 0.25, 0.35].map(value => formatFixed(value, 1))).toEqual(['0.1', '0.2', '0.3']);
  expect([0.5, 1.5, 2.5].map(value => formatFixed(value, 0))).toEqual(['0', '2', '2']);
  expect(formatFixed(Number.NaN, 2)).toBe('nan');
});

test('formatFloat writes floats as Python does', () => {
  expect([3, 0.1, 1e16, 1e-5, 1234567.5].map(formatFloat)).toEqual(['3.0', '0.1', '1e+16', '1e-05', '1234567.5']);
});
