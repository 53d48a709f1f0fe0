/** Distances that measure X by its own spread. */
import { Matrix } from '../../array/index.ts';
import { solveWork } from '../../linalg/index.ts';
import { runSync } from '../../work/index.ts';
import { badInput } from '../inputs/index.ts';
import { type DistanceParams, refuseUseless } from './distance-by-name.ts';
import type { DistanceName } from './distance-names.ts';
import type { Pair } from './pair.ts';
import { mahalanobis, type RowDistance, standardizedEuclidean } from './row-distances.ts';

/**
 * Where X is compared with itself and the parameter is left out: `'seuclidean'` by the variances of X, `'mahalanobis'`
 * by the inverse of its covariance matrix; undefined elsewhere.
 *
 * @throws InvalidParamError on a parameter of another distance. @throws InvalidInputError on a singular covariance.
 */
export function distanceByOwnScale(
  metric: string,
  name: DistanceName,
  params: DistanceParams,
  { X, isSame }: Pair,
): RowDistance | undefined {
  refuseUseless(metric, name, params);
  if (!isSame) return undefined;
  if (name === 'seuclidean' && params.V === undefined) return standardizedEuclidean(diagonal(covariance(X)));
  if (name === 'mahalanobis' && params.VI === undefined) return mahalanobis(inverseCovariance(metric, X).data);
  return undefined;
}

function inverseCovariance(metric: string, X: Matrix): Matrix {
  const identity = Matrix.zeros(X.columns, X.columns).map((_, i, j) => Number(i === j));
  const inverse = X.rows < 2 ? undefined : runSync(solveWork(covariance(X), identity));
  if (inverse !== undefined) return inverse;
  throw badInput(metric, { rule: 'the covariance matrix of X must be invertible', received: 'a singular one' });
}

/** The unbiased covariance of the columns. */
function covariance(X: Matrix): Matrix {
  const means = Float64Array.from({ length: X.columns }, (_, j) => X.column(j).reduce((a, b) => a + b, 0) / X.rows);
  const centered = X.map((value, _, j) => value - means[j]!);
  return Matrix.zeros(X.columns, X.columns).map((_, j, k) => {
    let total = 0;
    for (let i = 0; i < X.rows; i++) total += centered.get(i, j) * centered.get(i, k);
    return total / (X.rows - 1);
  });
}

function diagonal(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, i) => matrix.get(i, i));
}
