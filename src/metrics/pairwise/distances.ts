import type { Matrix, MatrixLike } from '../../array/index.ts';
import { badInput, readOptions } from '../inputs/index.ts';
import { dot, forEachPair, readPair, unitRows } from './pair.ts';
import {
  euclidean,
  haversine,
  manhattan,
  nanEuclidean,
  squaredEuclidean,
  squaredNanEuclidean,
} from './row-distances.ts';

export interface EuclideanOptions {
  /** Squares of the distances. @default false */
  readonly squared?: boolean;
}

/**
 * The Euclidean distance of each row of X from each row of Y. Time O(n m features).
 *
 * Differences are squared directly; scikit-learn expands the square, which is exact to the size of the rows only.
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { euclideanDistances } from 'fitwise';
 * euclideanDistances([[0, 1], [3, 5]]).toArray(); // [[0, 5], [5, 0]]
 */
export function euclideanDistances(X: MatrixLike, Y: MatrixLike | null = null, options: EuclideanOptions = {}): Matrix {
  const metric = 'euclideanDistances';
  const { squared } = readOptions(metric, options, { squared: false });
  return forEachPair(readPair(metric, X, Y), squared ? squaredEuclidean : euclidean);
}

/**
 * The Euclidean distance of each row of X from each row of Y over the columns that neither lacks, scaled up to all:
 * `sqrt(features / present * sum (x - y)^2)`. Time O(n m features).
 *
 * Source: J. Dixon, "Pattern recognition with partly missing data", 1979.
 *
 * @param X n × features, NaN where missing
 * @param Y m × features, NaN where missing; X itself where null
 * @returns n × m; NaN for rows without a common column
 * @throws InvalidInputError on tables that are empty, infinite, or of different widths
 *
 * @example
 * import { nanEuclideanDistances } from 'fitwise';
 * nanEuclideanDistances([[0, 1], [1, NaN]], [[0, 0]]).toArray(); // [[1], [1.414...]]
 */
export function nanEuclideanDistances(
  X: MatrixLike,
  Y: MatrixLike | null = null,
  options: EuclideanOptions = {},
): Matrix {
  const metric = 'nanEuclideanDistances';
  const { squared } = readOptions(metric, options, { squared: false });
  return forEachPair(readPair(metric, X, Y, true), squared ? squaredNanEuclidean : nanEuclidean);
}

/**
 * The sum of the absolute differences of each row of X and each row of Y. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { manhattanDistances } from 'fitwise';
 * manhattanDistances([[1, 2]], [[1, 2], [0, 3]]).toArray(); // [[0, 2]]
 */
export function manhattanDistances(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  return forEachPair(readPair('manhattanDistances', X, Y), manhattan);
}

/**
 * The cosine of the angle between each row of X and each row of Y. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m, in [-1, 1]; 0 for a row of zeros
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { cosineSimilarity } from 'fitwise';
 * cosineSimilarity([[1, 0]], [[2, 0], [0, 3]]).toArray(); // [[1, 0]]
 */
export function cosineSimilarity(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  return similarity('cosineSimilarity', X, Y);
}

/**
 * One less the cosine of the angle between each row of X and each row of Y. Time O(n m features).
 *
 * @param X n × features
 * @param Y m × features; X itself where null
 * @returns n × m, in [0, 2]; 1 for a row of zeros
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 *
 * @example
 * import { cosineDistances } from 'fitwise';
 * cosineDistances([[1, 0]], [[2, 0], [0, 3]]).toArray(); // [[0, 1]]
 */
export function cosineDistances(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  const isSame = Y === null || Y === X;
  return similarity('cosineDistances', X, Y).map((value, i, j) =>
    isSame && i === j ? 0 : Math.min(Math.max(1 - value, 0), 2),
  );
}

/**
 * The angle between points on a sphere, in radians; times 6371 it is kilometres on Earth. Time O(n m).
 *
 * @param X n × 2, latitude and longitude in radians
 * @param Y m × 2; X itself where null
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or not of two columns
 *
 * @example
 * import { haversineDistances } from 'fitwise';
 * haversineDistances([[0, 0]], [[0, Math.PI / 2]]).toArray(); // [[1.570...]]
 */
export function haversineDistances(X: MatrixLike, Y: MatrixLike | null = null): Matrix {
  const metric = 'haversineDistances';
  const pair = readPair(metric, X, Y);
  if (pair.X.columns === 2) return forEachPair(pair, haversine);
  throw badInput(metric, { rule: 'X must have two columns, latitude and longitude', received: `${pair.X.columns}` });
}

function similarity(metric: string, X: MatrixLike, Y: MatrixLike | null): Matrix {
  const pair = readPair(metric, X, Y);
  const first = unitRows(pair.X);
  return forEachPair({ ...pair, X: first, Y: pair.isSame ? first : unitRows(pair.Y) }, dot);
}
