import { Matrix } from '../array/index.ts';
import { centredGramWork, choleskyWork, eigenvaluesWork, solveCholeskyWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import type { CenterOptions } from './center-data.ts';

/** X'X W = X'y of centred, weighted data, from which a solution costs no more than the number of features asks for. */
export interface NormalEquations {
  readonly xMean: Float64Array;
  readonly yMean: Float64Array;
  /** X'X: features × features */
  readonly gram: Matrix;
  /** X'y: features × targets */
  readonly right: Matrix;
}

/** Coefficients of least squares, targets × features, with the rank and the singular values of X. */
export interface FullRankSolution {
  readonly coef: Matrix;
  readonly rank: number;
  /** Descending. */
  readonly singular: Float64Array;
}

/**
 * The normal equations square the spread of the singular values: up to this spread of squares, which costs three
 * digits, eleven or more remain in all that is computed from them.
 */
const MAX_SPREAD = 1e3;
/** Below this, what a sum of squares leaves out may not be rounding but underflow. */
const LEAST_SQUARE = 1e-280;

/** The normal equations of `X` and `y`, in one pass over both; undefined where sums overflow. */
export function* normalEquations(X: Matrix, y: Matrix, options: CenterOptions): Work<NormalEquations | undefined> {
  const { fitIntercept: center, sampleWeight } = options;
  const { mean, gram: all } = yield* centredGramWork([X, y], { center, sampleWeight });
  const [features, targets] = [X.columns, y.columns];
  const gram = Matrix.zeros(features, features);
  const right = Matrix.zeros(features, targets);
  for (let j = 0; j < features; j++) {
    const row = all.row(j);
    gram.row(j).set(row.subarray(0, features));
    right.row(j).set(row.subarray(features));
  }
  if (!gram.data.every(Number.isFinite) || !right.data.every(Number.isFinite)) return undefined;
  return { xMean: mean.slice(0, features), yMean: mean.slice(features), gram, right };
}

/**
 * Least squares by Cholesky's factor; undefined where the normal equations would cost too many digits, or where a
 * singular value is at most `cutoff` times the largest.
 */
export function* solveWellConditioned(
  { gram, right }: NormalEquations,
  cutoff: number,
): Work<FullRankSolution | undefined> {
  const eigenvalues = yield* eigenvaluesWork(gram);
  const largest = eigenvalues[eigenvalues.length - 1] ?? 0;
  const least = Math.max(LEAST_SQUARE, largest * Math.max(1 / MAX_SPREAD, cutoff * cutoff));
  if (!(eigenvalues[0]! > least)) return undefined;
  const L = yield* choleskyWork(gram);
  if (L === undefined) return undefined;
  const solution = yield* solveCholeskyWork(L, right);
  return { coef: solution.transpose(), rank: gram.rows, singular: eigenvalues.map(Math.sqrt).reverse() };
}
