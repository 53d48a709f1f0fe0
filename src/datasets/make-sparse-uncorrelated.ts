import type { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, seed } from '../check/index.ts';
import { randomFrom } from '../random/index.ts';
import { normalMatrix } from './drawn.ts';

const spec = {
  nSamples: integer({ min: 1, default: 100 }),
  /** At least 4; the others do not matter to `y`. */
  nFeatures: integer({ min: 4, default: 10 }),
  randomState: seed(),
};
export type MakeSparseUncorrelatedParams = ParamsOf<typeof spec>;

/**
 * Standard normal features, four of which matter: y = x0 + 2 x1 - 2 x2 - 1.5 x3 + noise of variance 1; scikit-learn's
 * numbers for the same integer seed.
 *
 * Source: G. Celeux, M. El Anbari, J.-M. Marin and C. P. Robert, "Regularization in regression", Bayesian Analysis 7
 * (2012).
 *
 * @returns `X` (nSamples, nFeatures), `y` (nSamples,)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeSparseUncorrelated } from 'fitwise';
 * makeSparseUncorrelated({ randomState: 0 }).y.length; // 100
 */
export function makeSparseUncorrelated(params: Partial<MakeSparseUncorrelatedParams> = {}): {
  X: Matrix;
  y: Float64Array;
} {
  const { nSamples, nFeatures, randomState } = checkParams('data by makeSparseUncorrelated', spec, params);
  const random = randomFrom(randomState);
  const X = normalMatrix(random, nSamples, nFeatures);
  const y = random.standardNormal(nSamples).map((normal, i) => {
    const [x0 = 0, x1 = 0, x2 = 0, x3 = 0] = X.row(i);
    return x0 + 2 * x1 - 2 * x2 - 1.5 * x3 + normal;
  });
  return { X, y };
}
