import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accuracyScore, hammingLoss, zeroOneLoss } from '../../../src/metrics/index.ts';

const labels = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 1 });

test('accuracyScore counts samples whose label is right', () => {
  expect(accuracyScore(['a', 'b', 'c', 'c'], ['a', 'c', 'c', 'a'])).toBe(0.5);
  expect(accuracyScore([true, false], [true, true])).toBe(0.5);
  expect(accuracyScore(['a', 'b', 'c', 'c'], ['a', 'c', 'c', 'a'], { normalize: false })).toBe(2);
});

test('accuracyScore weights samples: (3 + 1) / (3 + 2 + 1)', () => {
  expect(accuracyScore([0, 1, 1], [0, 0, 1], { sampleWeight: [3, 2, 1] })).toBeCloseTo(4 / 6, 15);
});

test('accuracyScore of an indicator needs the whole row right, hammingLoss counts single entries', () => {
  const [yTrue, yPred] = [
    [
      [1, 0],
      [1, 1],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ];
  expect(accuracyScore(yTrue!, yPred!)).toBe(0.5);
  expect(hammingLoss(yTrue!, yPred!)).toBe(0.25);
});

test('accuracyScore reads table columns', () => {
  const column = (values: string[]) => ({ length: values.length, at: (i: number) => values[i] }) as unknown as string[];
  expect(accuracyScore(column(['x', 'y']), column(['x', 'x']))).toBe(0.5);
});

test('zeroOneLoss + accuracyScore = 1', () => {
  fc.assert(
    fc.property(labels, pairs => {
      const [yTrue, yPred] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      expect(zeroOneLoss(yTrue, yPred) + accuracyScore(yTrue, yPred)).toBeCloseTo(1, 14);
    }),
  );
});

test('a whole weight is a repeated sample', () => {
  fc.assert(
    fc.property(labels, fc.integer({ min: 0, max: 3 }), (pairs, extra) => {
      const weighted = pairs.map((_, i) => (i === 0 ? 1 + extra : 1));
      const repeated = [...pairs, ...Array.from({ length: extra }, () => pairs[0]!)];
      const [yTrue, yPred] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
      const longer = accuracyScore(
        repeated.map(pair => pair[0]),
        repeated.map(pair => pair[1]),
      );
      expect(accuracyScore(yTrue, yPred, { sampleWeight: weighted })).toBeCloseTo(longer, 13);
    }),
  );
});

test('classification metrics refuse bad input in one sentence', () => {
  const score = (...args: unknown[]) => (accuracyScore as (...all: unknown[]) => number)(...args);
  const sentences = [
    [[[], []], 'Cannot compute accuracyScore: yTrue must not be empty, received length 0'],
    [
      [[1, 2], [1]],
      'Cannot compute accuracyScore: yTrue and yPred must have the same number of samples, received 2 and 1',
    ],
    [[['a'], [1]], "Cannot compute accuracyScore: labels must be of one type, received 'a' and 1"],
    [
      [
        [1, 0],
        [0.5, 1],
      ],
      'Cannot compute accuracyScore: labels must be classes, not continuous numbers, received 0.5',
    ],
    [
      [
        [1, Number.NaN],
        [1, 1],
      ],
      'Cannot compute accuracyScore: labels must be finite numbers, strings or booleans, received NaN at row 1',
    ],
    [['ab', 'ab'], "Cannot compute accuracyScore: yTrue must be an array, received 'ab'"],
    [
      [
        [
          [1, 2],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
      'Cannot compute accuracyScore: yTrue must be a label per sample, or a table of 0 and 1 with a column per label, received 2 at row 0, column 1',
    ],
    [[[[1, 0]], [1]], 'Cannot compute accuracyScore: yTrue must have one label per sample, received 2 columns'],
    [
      [[1], [1], { sampleWeight: [0] }],
      'Cannot compute accuracyScore: sampleWeight must not be zero everywhere, received [0]',
    ],
    [
      [[1, 1], [1, 1], { sampleWeight: [1] }],
      'Cannot compute accuracyScore: sampleWeight must have one weight per sample (2), received length 1',
    ],
    [
      [[1], [1], { weights: [1] }],
      "Cannot compute accuracyScore: options must be among normalize, sampleWeight, received 'weights'",
    ],
  ] as const;
  for (const [args, sentence] of sentences) expect(() => score(...args)).toThrow(sentence);
});
