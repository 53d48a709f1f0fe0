import { expect, test } from 'vitest';
import {
  captureWarnings,
  crossValPredict,
  DecisionTreeClassifier,
  DummyClassifier,
  GaussianNB,
  KFold,
  LogisticRegression,
  type Matrix,
  makeBlobs,
  Ridge,
  ShuffleSplit,
  StandardScaler,
} from '../../src/index.ts';
import { Constant } from './toy-estimators.ts';

const X = [[0], [1], [2], [3], [4], [5]];
const words: ('a' | 'b' | 'c')[] = ['a', 'a', 'b', 'b', 'c', 'c'];

const apart = [[0], [1], [50], [51], [100], [101]];

test('crossValPredict: gives labels of y’s own type, in the order of the samples', async () => {
  const labels: ('a' | 'b' | 'c')[] = await crossValPredict(new GaussianNB(), apart, words, { cv: 2 });
  expect(labels).toEqual(words);
  const flags: boolean[] = await crossValPredict(new DummyClassifier(), X, [true, true, true, true, false, false], {
    cv: 2,
  });
  expect(flags).toEqual([true, true, true, true, true, true]);
});

test('crossValPredict: gives numbers, and a row for each where y has rows', async () => {
  const numbers: Float64Array = await crossValPredict(new Constant({ value: 3 }), X, [1, 2, 3, 4, 5, 6]);
  expect(numbers).toEqual(new Float64Array(6).fill(3));
  const rows: Matrix = await crossValPredict(
    new Ridge(),
    X,
    X.map(([x]) => [x!, 2 * x!]),
    { cv: 3 },
  );
  expect([rows.rows, rows.columns]).toEqual([6, 2]);
});

test('crossValPredict: a class that a fold lacks has probability 0 there, with a warning', async () => {
  const cv = new KFold({ nSplits: 3 });
  const { result, warnings } = await captureWarnings(() =>
    crossValPredict(new DummyClassifier(), X, words, { cv, method: 'predictProba' }),
  );
  expect(result.toArray()).toEqual(
    [
      [0, 0.5, 0.5],
      [0, 0.5, 0.5],
      [0.5, 0, 0.5],
      [0.5, 0, 0.5],
      [0.5, 0.5, 0],
      [0.5, 0.5, 0],
    ].map(row => row.map(share => (share > 0 ? result.data.find(value => value > 0)! : 0))),
  );
  expect(warnings[0]!.message).toBe("a fold's training samples have 2 of 3 classes; use stratified folds");
});

test('crossValPredict: scores of a fold with too few classes are refused', async () => {
  const options = { cv: new KFold({ nSplits: 3 }), method: 'decisionFunction' } as const;
  await captureWarnings(() =>
    expect(crossValPredict(new LogisticRegression(), X, words, options)).rejects.toThrow(
      'Cannot run crossValPredict: decisionFunction must have a column for each class of a fold (2 of 3), received one score per sample; use stratified folds, or predictProba',
    ),
  );
});

test('crossValPredict: needs a partition, and the method', async () => {
  const cv = new ShuffleSplit({ nSplits: 2, randomState: 0 });
  await expect(crossValPredict(new GaussianNB(), X, words, { cv })).rejects.toThrow(
    'Cannot run crossValPredict: the test sets must hold each of the 6 samples once, received 2 test samples; use a splitter whose test sets are a partition, such as KFold',
  );
  await expect(crossValPredict(new Ridge(), X, [1, 2, 3, 4, 5, 6], { method: 'predictProba' })).rejects.toThrow(
    'Cannot run crossValPredict: Ridge must have predictProba, received one without it',
  );
  await expect(crossValPredict(new StandardScaler(), X)).rejects.toThrow('StandardScaler must have predict');
});

test('crossValPredict: 1, 2 and 7 workers give the same', async () => {
  const { X: points, y } = makeBlobs({ nSamples: 60, randomState: 0 });
  const run = (nJobs: number | null) =>
    crossValPredict(new DecisionTreeClassifier({ randomState: 0 }), points, y, { nJobs, method: 'predictProba' });
  const expected = await run(null);
  for (const nJobs of [1, 2, 7]) expect(await run(nJobs)).toEqual(expected);
});
