import type { Matrix } from '../array/index.ts';
import { matmulWork, type Products } from '../kernels/index.ts';
import { choleskyWork, eigenvaluesWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import { refineSolution } from './refine-solution.ts';

/** Coefficients of least squares, targets × features, and the singular values of X. */
export interface GramSolution {
  readonly coef: Matrix;
  readonly rank: number;
  /** Descending; with the digits of the products' precision. */
  readonly singular: Float64Array;
}

/**
 * Least squares by the normal equations, refined; undefined where X has fewer rows than columns, or is too
 * ill-conditioned.
 */
export function* leastSquaresByGram(X: Matrix, y: Matrix, products: Products): Work<GramSolution | undefined> {
  if (X.rows < X.columns) return undefined;
  const gram = yield* products.gram(X);
  const L = yield* choleskyWork(gram);
  if (L === undefined) return undefined;
  const right = yield* matmulWork(X, y, { transposeA: true });
  const solution = yield* refineSolution(X, 0, L, right);
  if (solution === undefined) return undefined;
  const eigenvalues = yield* eigenvaluesWork(gram);
  const singular = eigenvalues.map(value => Math.sqrt(Math.max(0, value))).reverse();
  return { coef: solution.transpose(), rank: X.columns, singular };
}
