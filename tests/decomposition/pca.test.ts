import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { PCA, RandomState } from '../../src/index.ts';

const line = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 3],
];

function sample(rows: number, columns: number, seed: number): Matrix {
  return new Matrix(new RandomState(seed).normal(0, 1, rows * columns), rows, columns);
}

test('PCA finds the axis of points on a line: (1, 1) / sqrt(2), with all of the variance', async () => {
  const pca = await new PCA({ nComponents: 1 }).fit(line);
  expect(pca.components_.get(0, 0)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(pca.components_.get(0, 1)).toBeCloseTo(Math.SQRT1_2, 12);
  // Along the axis the points are at sqrt(2) * (0, 1, 2, 3): variance 2 * 5/3.
  expect(pca.explainedVariance_[0]).toBeCloseTo(10 / 3, 12);
  expect(pca.explainedVarianceRatio_[0]).toBeCloseTo(1, 12);
});

test('PCA: inverseTransform undoes transform where no component is left out, whitened or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), async (seed, whiten) => {
      const X = sample(12, 4, seed);
      const pca = await new PCA({ whiten }).fit(X);
      const back = await pca.inverseTransform(await pca.transform(X));
      back.data.forEach((value, at) => {
        expect(value).toBeCloseTo(X.data[at]!, 9);
      });
    }),
    { numRuns: 20 },
  );
});

test('PCA: every solver finds the same leading components', async () => {
  const X = sample(60, 12, 7).map((value, _, j) => value * (j + 1));
  const reference = await new PCA({ nComponents: 3, svdSolver: 'full' }).fit(X);
  for (const svdSolver of ['covariance_eigh', 'arpack', 'randomized'] as const) {
    const other = await new PCA({ nComponents: 3, svdSolver, iteratedPower: 30, randomState: 1 }).fit(X);
    other.components_.data.forEach((value, at) => {
      expect(value, svdSolver).toBeCloseTo(reference.components_.data[at]!, 6);
    });
  }
});

test('PCA keeps the fewest components that explain more than a share', async () => {
  // Independent columns of variance 8, 1, 1: the first explains 0.8, the first two 0.9.
  const X = [
    [4, 0, 0],
    [-4, 0, 0],
    [0, Math.SQRT2, 0],
    [0, -Math.SQRT2, 0],
    [0, 0, Math.SQRT2],
    [0, 0, -Math.SQRT2],
  ];
  expect((await new PCA({ nComponents: 0.79 }).fit(X)).nComponents_).toBe(1);
  expect((await new PCA({ nComponents: 0.85 }).fit(X)).nComponents_).toBe(2);
  // Nothing varies here, 0 / 0 of it is explained: scikit-learn keeps one component.
  const alike = [
    [1, 2],
    [1, 2],
    [1, 2],
  ];
  expect((await new PCA({ nComponents: 0.9 }).fit(alike)).nComponents_).toBe(1);
});

test('PCA refuses what it cannot do, in a sentence', async () => {
  await expect(new PCA({ nComponents: 3 }).fit(line)).rejects.toThrow(
    "Cannot fit PCA: nComponents must be between 0 and 2 with svdSolver 'full' and shape (4, 2), received 3",
  );
  await expect(
    new PCA().fit([
      [1, Number.NaN],
      [1, 2],
    ]),
  ).rejects.toThrow(
    'Cannot fit PCA: X must be finite, received NaN at row 0, column 1; impute first, e.g. with SimpleImputer',
  );
  await expect(new PCA().fit([[1e308], [-1e308]])).rejects.toThrow(
    'Cannot fit PCA: the variance of X must not overflow, received Infinity',
  );
  expect(() => new PCA({ nComponents: 1.5 })).toThrow(
    "Cannot make PCA: nComponents must be null or 'mle' or a share between 0 and 1, both exclusive or an integer >= 0, received 1.5",
  );
});
