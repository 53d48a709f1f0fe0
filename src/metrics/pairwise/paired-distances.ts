import type { MatrixLike } from '../../array/index.ts';
import { badInput, checkOneOf, readOptions } from '../inputs/index.ts';
import { checkFound, type Pair, readPair, rowsOf, unitRows } from './pair.ts';
import { euclidean, manhattan, type RowDistance, squaredEuclidean } from './row-distances.ts';

export interface PairedDistancesOptions {
  /** A name, or a function of two rows. @default 'euclidean' */
  readonly metric?: 'euclidean' | 'l2' | 'manhattan' | 'l1' | 'cityblock' | 'cosine' | RowDistance;
}

const PAIRED = { euclidean, l2: euclidean, manhattan, l1: manhattan, cityblock: manhattan } as const;

/**
 * The distance of each row of X from the row of Y beside it. Time O(n features).
 *
 * @param X n × features
 * @param Y n × features
 * @returns n distances
 * @throws InvalidInputError on tables that are empty, not finite, or of different shapes
 * @throws InvalidParamError on an unknown distance
 *
 * @example
 * import { pairedDistances } from 'fitwise';
 * pairedDistances([[0, 1], [1, 1]], [[0, 1], [2, 1]]); // [0, 1]
 */
export function pairedDistances(X: MatrixLike, Y: MatrixLike, options: PairedDistancesOptions = {}): Float64Array {
  const metric = 'pairedDistances';
  const { metric: choice } = readOptions(metric, options, { metric: 'euclidean' });
  if (choice === 'cosine') return halfSquares(readSameShape(metric, X, Y));
  if (typeof choice !== 'function') checkOneOf(metric, 'metric', choice, [...Object.keys(PAIRED), 'cosine']);
  return rowByRow(readSameShape(metric, X, Y), typeof choice === 'function' ? choice : PAIRED[choice]);
}

/**
 * The Euclidean distance of each row of X from the row of Y beside it. Time O(n features).
 *
 * @param X n × features
 * @param Y n × features
 * @returns n distances
 * @throws InvalidInputError on tables that are empty, not finite, or of different shapes
 *
 * @example
 * import { pairedEuclideanDistances } from 'fitwise';
 * pairedEuclideanDistances([[0, 0]], [[3, 4]]); // [5]
 */
export function pairedEuclideanDistances(X: MatrixLike, Y: MatrixLike): Float64Array {
  return rowByRow(readSameShape('pairedEuclideanDistances', X, Y), euclidean);
}

/**
 * The sum of the absolute differences of each row of X and the row of Y beside it. Time O(n features).
 *
 * @param X n × features
 * @param Y n × features
 * @returns n distances
 * @throws InvalidInputError on tables that are empty, not finite, or of different shapes
 *
 * @example
 * import { pairedManhattanDistances } from 'fitwise';
 * pairedManhattanDistances([[0, 0]], [[3, 4]]); // [7]
 */
export function pairedManhattanDistances(X: MatrixLike, Y: MatrixLike): Float64Array {
  return rowByRow(readSameShape('pairedManhattanDistances', X, Y), manhattan);
}

/**
 * Half the squared distance of the directions of each row of X and the row of Y beside it, which is one less the cosine
 * of their angle. Time O(n features).
 *
 * @param X n × features
 * @param Y n × features
 * @returns n distances in [0, 2]; 1/2 between a row of zeros and another
 * @throws InvalidInputError on tables that are empty, not finite, or of different shapes
 *
 * @example
 * import { pairedCosineDistances } from 'fitwise';
 * pairedCosineDistances([[1, 0]], [[0, 2]]); // [1]
 */
export function pairedCosineDistances(X: MatrixLike, Y: MatrixLike): Float64Array {
  return halfSquares(readSameShape('pairedCosineDistances', X, Y));
}

function readSameShape(metric: string, X: MatrixLike, Y: MatrixLike): Pair {
  const pair = readPair(metric, X, Y);
  if (pair.X.rows === pair.Y.rows) return pair;
  throw badInput(metric, { rule: `Y must have as many rows as X (${pair.X.rows})`, received: `${pair.Y.rows}` });
}

function rowByRow(pair: Pair, distance: RowDistance): Float64Array {
  const others = rowsOf(pair.Y);
  return Float64Array.from(rowsOf(pair.X), (row, i) => checkFound(pair, distance(row, others[i]!), row, others[i]!));
}

function halfSquares(pair: Pair): Float64Array {
  const units = { ...pair, X: unitRows(pair.X), Y: unitRows(pair.Y), isSame: false };
  return rowByRow(units, (a, b) => squaredEuclidean(a, b) / 2);
}
