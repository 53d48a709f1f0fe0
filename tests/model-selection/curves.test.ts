import { expect, test } from 'vitest';
import {
  captureWarnings,
  GaussianNB,
  learningCurve,
  makeBlobs,
  permutationTestScore,
  Ridge,
  validationCurve,
} from '../../src/index.ts';
import { Constant } from './toy-estimators.ts';

const X = Array.from({ length: 12 }, (_, i) => [i]);
const y = X.map(([x]) => 3 * x!);

test('learningCurve: sizes are shares of the training samples, or counts; repeated ones are left out', async () => {
  const sizes = async (trainSizes: number[]) =>
    Array.from((await learningCurve(new Ridge(), X, y, { trainSizes, cv: 3 })).trainSizes);
  expect(await sizes([0.25, 1])).toEqual([2, 8]);
  expect(await sizes([8, 3])).toEqual([3, 8]);
  const { result, warnings } = await captureWarnings(() => sizes([4, 4, 5]));
  expect([result, warnings.length]).toEqual([[4, 5], 1]);
});

test('learningCurve: has a row per size and a column per split', async () => {
  const options = { trainSizes: [2, 4], cv: 3, scoring: 'negMeanAbsoluteError' } as const;
  const { trainScores, testScores } = await learningCurve(new Constant(), X, y, options);
  expect(trainScores.toArray()).toEqual([
    [-(12 + 15) / 2, -1.5, -1.5],
    [-(12 + 15 + 18 + 21) / 4, -4.5, -4.5],
  ]);
  expect(testScores.toArray()[0]).toEqual(testScores.toArray()[1]);
});

test('learningCurve: refuses sizes that cannot be', async () => {
  await expect(learningCurve(new Ridge(), X, y, { trainSizes: [4, 9], cv: 3 })).rejects.toThrow(
    'Cannot run learningCurve: trainSizes must be shares in (0, 1], or whole numbers from 1 to 8, received [4, 9]',
  );
  await expect(learningCurve(new Ridge(), X, y, { trainSizes: [0], cv: 3 })).rejects.toThrow('trainSizes must be');
});

test('validationCurve: has a row per value and a column per split', async () => {
  const options = { paramName: 'value', paramRange: [0, 33], cv: 2, scoring: 'negMaxError' } as const;
  const { trainScores, testScores } = await validationCurve(new Constant(), X, y, options);
  expect(testScores.toArray()).toEqual([
    [-15, -33],
    [-33, -15],
  ]);
  expect(trainScores.toArray()).toEqual([
    [-33, -15],
    [-15, -33],
  ]);
});

test('validationCurve: refuses unknown parameters and values', async () => {
  const run = (paramName: string, paramRange: unknown[]) =>
    validationCurve(new Ridge(), X, y, { paramName: paramName as 'alpha', paramRange: paramRange as number[] });
  await expect(async () => run('alpa', [1])).rejects.toThrow("did you mean 'alpha'?");
  await expect(async () => run('alpha', [])).rejects.toThrow('paramRange must be a non-empty list, received []');
});

test('permutationTestScore: separable classes beat every permutation, and workers agree', async () => {
  const { X: points, y: labels } = makeBlobs({ nSamples: 40, centers: 2, clusterStd: 0.5, randomState: 1 });
  const run = (nJobs: number | null) =>
    permutationTestScore(new GaussianNB(), points, labels, { nPermutations: 19, nJobs, cv: 2 });
  const found = await run(null);
  expect([found.score, found.pValue]).toEqual([1, 1 / 20]);
  expect(await run(2)).toEqual(found);
});

test('permutationTestScore: groups keep permutations within them', async () => {
  const groups = X.map((_, i) => i);
  const { score, permutationScores, pValue } = await permutationTestScore(new Ridge(), X, y, {
    groups,
    nPermutations: 3,
    cv: 2,
  });
  expect(Array.from(permutationScores)).toEqual([score, score, score]);
  expect(pValue).toBe(1);
});
