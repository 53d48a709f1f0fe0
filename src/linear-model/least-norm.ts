import type { Matrix } from '../array/index.ts';
import { type Compute, gramTask } from '../kernels/index.ts';
import { leastSquaresWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import { leastSquaresByGram } from './least-squares-by-gram.ts';
import type { LinearSolution } from './linear-regression.ts';

/** Least squares; of least norm where X has not full rank. */
export function* leastNorm(X: Matrix, y: Matrix, cutoff: number, compute: Compute): Work<LinearSolution> {
  const products = compute.products(gramTask(X));
  if (products !== undefined) {
    const solution = yield* leastSquaresByGram(X, y, products);
    if (solution !== undefined) return solution;
    compute.without('features too many or too ill-conditioned for single precision');
  }
  const { X: coef, rank, singularValues } = yield* leastSquaresWork(X, y, { cutoff });
  return { coef: coef.transpose(), rank, singular: singularValues };
}
