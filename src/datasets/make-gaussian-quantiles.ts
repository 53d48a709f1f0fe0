import type { Matrix } from '../array/index.ts';
import { boolean, checkParams, integer, listOf, nullable, type ParamsOf, real, seed } from '../check/index.ts';
import { randomFrom } from '../random/index.ts';
import { demand } from './demand.ts';
import { normalMatrix, shuffleRows } from './drawn.ts';

const spec = {
  /** Center of the cloud, a number per feature; `null` for the origin. */
  mean: nullable(listOf(real({ default: 0 }), { default: [] })),
  /** Variance of each feature. */
  cov: real({ min: 0, default: 1 }),
  nSamples: integer({ min: 1, default: 100 }),
  nFeatures: integer({ min: 1, default: 2 }),
  nClasses: integer({ min: 1, default: 3 }),
  /** Whether rows are shuffled; else they are sorted by their distance from the center. */
  shuffle: boolean({ default: true }),
  randomState: seed(),
};
export type MakeGaussianQuantilesParams = ParamsOf<typeof spec>;

export interface GaussianQuantilesData {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** Class codes, from the center outwards. */
  readonly y: number[];
}

/**
 * One normal cloud, cut into classes of equal size by nested spheres; scikit-learn's numbers for the same integer seed.
 *
 * Source: J. Zhu, H. Zou, S. Rosset and T. Hastie, "Multi-class AdaBoost", Statistics and its Interface 2 (2009).
 *
 * @returns `X` (nSamples, nFeatures) and `y`
 * @throws InvalidParamError on a parameter outside its rule, or fewer samples than classes
 *
 * @example
 * import { makeGaussianQuantiles } from 'fitwise';
 * makeGaussianQuantiles({ randomState: 42 }).y.slice(0, 5); // [2, 0, 1, 0, 2]
 */
export function makeGaussianQuantiles(params: Partial<MakeGaussianQuantilesParams> = {}): GaussianQuantilesData {
  const owner = 'data by makeGaussianQuantiles';
  const { mean, cov, nSamples, nFeatures, nClasses, shuffle, randomState } = checkParams(owner, spec, params);
  demand(owner, nSamples >= nClasses, `nSamples must be >= nClasses (${nClasses})`, nSamples);
  const fits = mean === null || mean.length === nFeatures;
  demand(owner, fits, `mean must have one number per feature (${nFeatures})`, mean);
  const random = randomFrom(randomState);
  const deviation = Math.sqrt(cov);
  const cloud = normalMatrix(random, nSamples, nFeatures).map((value, _, j) => value * deviation + (mean?.[j] ?? 0));
  const distances = Float64Array.from({ length: nSamples }, (_, i) => squaredDistance(cloud.row(i), mean));
  const outwards = Int32Array.from({ length: nSamples }, (_, i) => i).sort((a, b) => distances[a]! - distances[b]!);
  const X = cloud.takeRows(outwards);
  const step = Math.floor(nSamples / nClasses);
  const y = Array.from({ length: nSamples }, (_, rank) => Math.min(Math.floor(rank / step), nClasses - 1));
  return shuffle ? shuffleRows(X, y, random) : { X, y };
}

function squaredDistance(row: Float64Array, mean: ArrayLike<number> | null): number {
  return row.reduce((sum, value, j) => {
    const difference = value - (mean?.[j] ?? 0);
    return sum + difference * difference;
  }, 0);
}
