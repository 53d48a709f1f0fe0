import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../../src/array/index.ts';
import { captureWarnings } from '../../../src/errors/index.ts';
import { brierScoreLoss, d2BrierScore, d2LogLossScore, hingeLoss, logLoss } from '../../../src/metrics/index.ts';

test('logLoss is the mean of -log p of what came true', () => {
  expect(
    logLoss(
      ['a', 'b'],
      [
        [0.5, 0.5],
        [0.75, 0.25],
      ],
    ),
  ).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 15);
});

test('logLoss of a list takes it for the second label, of a Matrix for all', () => {
  const table = Matrix.fromRows([
    [0.2, 0.8],
    [0.6, 0.4],
  ]);
  expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(logLoss([1, 0], table), 15);
});

test('logLoss clips at the spacing of the number type: -log eps for a certain mistake', () => {
  expect(logLoss([0, 1], [1, 0])).toBeCloseTo(52 * Math.log(2), 12);
  expect(logLoss([0, 1], Float32Array.of(1, 0))).toBeCloseTo(23 * Math.log(2), 12);
});

test('logLoss warns where rows do not sum to 1', async () => {
  const { warnings } = await captureWarnings(() =>
    logLoss(
      [0, 1],
      [
        [0.5, 0.6],
        [0.5, 0.5],
      ],
    ),
  );
  expect(warnings.map(warning => warning.message)).toEqual(['the rows of yProba do not sum to 1; pass probabilities']);
});

test('brierScoreLoss of two classes is the mean of (p - y)^2, and twice that unhalved', () => {
  const [y, p] = [
    [1, 0],
    [0.75, 0.5],
  ];
  expect(brierScoreLoss(y!, p!)).toBe((0.0625 + 0.25) / 2);
  expect(brierScoreLoss(y!, p!, { scaleByHalf: false })).toBe(0.0625 + 0.25);
});

test('a table of zeros and ones stands for labels, one per row or several', () => {
  const probabilities = [
    [0.5, 0.25, 0.25],
    [0.25, 0.25, 0.5],
  ];
  const [labels, oneHot] = [
    [0, 2],
    Matrix.fromRows([
      [1, 0, 0],
      [0, 0, 1],
    ]),
  ];
  expect(logLoss(oneHot, probabilities)).toBe(logLoss(labels, probabilities, { labels: [0, 1, 2] }));
  expect(brierScoreLoss(oneHot, probabilities)).toBe(brierScoreLoss(labels, probabilities, { labels: [0, 1, 2] }));
  // -(log 1/2 + log 1/4) in the first row, nothing in the second: 3 log 2 over two rows.
  expect(
    logLoss(
      [
        [1, 1, 0],
        [0, 0, 0],
      ],
      probabilities,
    ),
  ).toBeCloseTo(1.5 * Math.log(2), 15);
  // scikit-learn 1.9.1: d2_log_loss_score([[0, 1, 1], [1, 0, 0], [1, 1, 0]], [[.3, .6, .1], [.2, .2, .6], [.5, .25, .25]])
  const [y, p] = [
    [
      [0, 1, 1],
      [1, 0, 0],
      [1, 1, 0],
    ],
    [
      [0.3, 0.6, 0.1],
      [0.2, 0.2, 0.6],
      [0.5, 0.25, 0.25],
    ],
  ];
  expect(d2LogLossScore(y!, p!)).toBeCloseTo(-1.3901324650088727, 12);
  expect(d2BrierScore(y!, p!)).toBeCloseTo(-0.48750000000000004, 12);
  expect(() => logLoss(oneHot, probabilities, { labels: [0, 1, 2] })).toThrow(
    'Cannot compute logLoss: labels must be left out where yTrue is a table, received [0, 1, 2]',
  );
  expect(() =>
    logLoss(oneHot, [
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
  ).toThrow('Cannot compute logLoss: yProba must have one column per label (3: [0, 1, 2]), received 2 columns');
});

test('a forecast of the frequencies has D2 0', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1 }), flags => {
      const y = [1, 0, ...flags.map(Number)];
      const share = y.reduce((a, b) => a + b) / y.length;
      const p = y.map(() => share);
      expect(d2BrierScore(y, p)).toBeCloseTo(0, 12);
      expect(d2LogLossScore(y, p)).toBeCloseTo(0, 12);
    }),
  );
});

test('hingeLoss is max(0, 1 - margin), the margin being to the best rival', () => {
  expect(hingeLoss([-1, 1], [-2, 0.5])).toBe(0.25);
  expect(
    hingeLoss(
      [0, 1, 2],
      [
        [2, 0, 0],
        [0, 1, 0.5],
        [3, 0, 0],
      ],
    ),
  ).toBe((0 + 0.5 + 4) / 3);
});

test('forecasts are refused in one sentence', () => {
  expect(() => logLoss([0, 1], [0.5, 1.5])).toThrow(
    'Cannot compute logLoss: yProba must hold probabilities in [0, 1], received 1.5 at row 1',
  );
  expect(() => logLoss([1, 1], [0.5, 0.5])).toThrow(
    'Cannot compute logLoss: yTrue must hold two labels at least, received [1]; pass all known labels as labels',
  );
  expect(() =>
    logLoss(
      [0, 1],
      [
        [0.2, 0.3, 0.5],
        [0, 0, 1],
      ],
    ),
  ).toThrow(
    'Cannot compute logLoss: yProba must have one column per label (2: [0, 1]), received 3 columns; pass all known labels as labels',
  );
  expect(() => brierScoreLoss(['a', 'b'], [0.5, 0.5])).toThrow(
    'Cannot compute brierScoreLoss: posLabel must be given where labels are strings, received none',
  );
});
