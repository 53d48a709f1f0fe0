import { expect, test } from 'vitest';
import { crossValScore, DummyClassifier, getScorer, makeScorer, precisionScore } from '../../src/index.ts';

const X = [[0], [1], [2], [3]];
const y = ['a', 'b', 'a', 'b'];

test('a metric whose options make it give a list is refused as a score', async () => {
  const perClass = makeScorer(precisionScore, { options: { average: null, zeroDivision: 0 } });
  const scores = crossValScore(new DummyClassifier(), X, y, { cv: 2, scoring: perClass, errorScore: 'raise' });
  await expect(scores).rejects.toThrow(
    'Cannot score with precisionScore: the metric must give one number, received [0.5, 0]; choose an average in its options',
  );
});

test("getScorer: a name in Python's spelling is told ours", () => {
  expect(() => getScorer('neg_mean_squared_error' as never)).toThrow("; did you mean 'negMeanSquaredError'?");
  expect(() => getScorer('f1_macro' as never)).toThrow("; did you mean 'f1Macro'?");
});
