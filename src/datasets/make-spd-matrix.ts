import { Matrix } from '../array/index.ts';
import { checkParams, integer, type ParamsOf, seed } from '../check/index.ts';
import { matmul } from '../kernels/index.ts';
import { svdFlip, svdWork } from '../linalg/index.ts';
import { randomFrom } from '../random/index.ts';
import { runSync } from '../work/index.ts';
import { demandGiven } from './demand.ts';
import { uniformMatrix } from './drawn.ts';

const spec = {
  /** Rows and columns. */
  nDim: integer({ min: 1, default: 1 }),
  randomState: seed(),
};
export type MakeSpdMatrixParams = ParamsOf<typeof spec>;
type Given = Pick<MakeSpdMatrixParams, 'nDim'> & Partial<MakeSpdMatrixParams>;

/**
 * A random symmetric, positive-definite matrix U (J + D) U', where U holds the singular vectors of a random matrix, J
 * is full of ones and D is diagonal, uniform in [0, 1). Cost: O(nDim^3).
 *
 * Eigenvalues are scikit-learn's for the same integer seed. Entries are not: they depend on the signs of singular
 * vectors, which LAPACK leaves open; here the largest entry of each is positive.
 *
 * @returns a matrix of shape (nDim, nDim)
 * @throws InvalidParamError on a parameter outside its rule
 *
 * @example
 * import { makeSpdMatrix } from 'fitwise';
 * const X = makeSpdMatrix({ nDim: 2, randomState: 42 });
 * X.get(0, 1) === X.get(1, 0); // true
 */
export function makeSpdMatrix(params: Given): Matrix {
  const owner = 'data by makeSpdMatrix';
  demandGiven(owner, params, ['nDim']);
  const { nDim, randomState } = checkParams(owner, spec, params);
  const random = randomFrom(randomState);
  const A = uniformMatrix(random, nDim, nDim);
  const { U } = svdFlip(runSync(svdWork(matmul(A, A, { transposeA: true }))), { basis: 'u' });
  const uniforms = random.randomSample(nDim);
  const core = Matrix.zeros(nDim, nDim).map((_, i, j) => (i === j ? 1 + uniforms[i]! : 1));
  const X = matmul(matmul(U, core), U, { transposeB: true });
  return X.map((value, i, j) => (i <= j ? value : X.get(j, i)));
}
