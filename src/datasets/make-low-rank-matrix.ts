import type { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, real, seed } from '../check/index.ts';
import { matmul } from '../kernels/index.ts';
import { qrWork } from '../linalg/index.ts';
import { type RandomState, randomFrom } from '../random/index.ts';
import { runSync } from '../work/index.ts';
import { normalMatrix } from './drawn.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  nFeatures: integer({ min: 1, default: 100 }),
  /** About how many singular vectors explain most of the matrix. */
  effectiveRank: integer({ min: 1, default: 10 }),
  /** Weight of the slowly falling tail of singular values. */
  tailStrength: real({ min: 0, max: 1, default: 0.5 }),
  randomState: seed(),
};
export type MakeLowRankMatrixParams = ParamsOf<typeof spec>;

/**
 * A matrix with bell-shaped singular values (1 - tailStrength) exp(-(i / effectiveRank)^2) and a tail tailStrength
 * exp(-0.1 i / effectiveRank); scikit-learn's numbers for the same integer seed.
 *
 * Cost: O((nSamples + nFeatures) min(nSamples, nFeatures)^2).
 *
 * @returns a matrix of shape (nSamples, nFeatures)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeLowRankMatrix } from 'fitwise';
 * makeLowRankMatrix({ nSamples: 50, nFeatures: 25, effectiveRank: 5, randomState: 0 }).columns; // 25
 */
export function makeLowRankMatrix(params: Partial<MakeLowRankMatrixParams> = {}): Matrix {
  const { randomState, ...given } = checkParams('data by makeLowRankMatrix', spec, params);
  return drawLowRank(given, randomFrom(randomState));
}

/** The same from a stream that is under way. */
export function drawLowRank(
  { nSamples, nFeatures, effectiveRank, tailStrength }: Omit<MakeLowRankMatrixParams, 'randomState'>,
  random: RandomState,
): Matrix {
  const rank = Math.min(nSamples, nFeatures);
  const left = runSync(qrWork(normalMatrix(random, nSamples, rank))).Q;
  const right = runSync(qrWork(normalMatrix(random, nFeatures, rank))).Q;
  const scaled = left.map((value, _, i) => {
    const place = i / effectiveRank;
    const tail = tailStrength * Math.exp((-0.1 * i) / effectiveRank);
    return value * ((1 - tailStrength) * Math.exp(-place * place) + tail);
  });
  return matmul(scaled, right.transpose());
}
