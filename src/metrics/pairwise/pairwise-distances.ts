import type { Matrix, MatrixLike } from '../../array/index.ts';
import { show, warn } from '../../errors/index.ts';
import { badInput, checkOneOf, readOptions, readTable } from '../inputs/index.ts';
import { BOOLEAN_DISTANCES } from './boolean-distances.ts';
import { type DistanceParams, distanceByName, takesNaN } from './distance-by-name.ts';
import { DISTANCE_NAMES, type DistanceName } from './distance-names.ts';
import { cosineDistances } from './distances.ts';
import { distanceByOwnScale } from './own-scale.ts';
import { forEachPair, type Pair, readPair } from './pair.ts';
import type { RowDistance } from './row-distances.ts';

/** A distance by its name, one of the caller's own, or X as a matrix of distances already. */
export type DistanceChoice = DistanceName | 'precomputed' | RowDistance;

export interface PairwiseDistancesOptions extends DistanceParams {
  /** @default 'euclidean' */
  readonly metric?: DistanceChoice;
}

/**
 * The distance of each row of X from each row of Y, by the name of the distance or by a function of two rows.
 * Time O(n m features).
 *
 * @param X n × features, or n × m distances where `metric` is 'precomputed'
 * @param Y m × features; X itself where null: each row is then at distance 0 from itself by every name but `nanEuclidean`
 * @returns n × m
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths, and on negative distances
 * @throws InvalidParamError on an unknown distance, and on parameters it does not have
 *
 * @example
 * import { pairwiseDistances } from 'fitwise';
 * pairwiseDistances([[0, 0], [3, 4]], null, { metric: 'chebyshev' }).toArray(); // [[0, 4], [4, 0]]
 */
export function pairwiseDistances(
  X: MatrixLike,
  Y: MatrixLike | null = null,
  options: PairwiseDistancesOptions = {},
): Matrix {
  const metric = 'pairwiseDistances';
  const { metric: choice, ...params } = readOptions(metric, options, DISTANCE_DEFAULTS);
  if (choice === 'precomputed') return readDistances(metric, X, Y);
  if (choice === 'cosine') return cosineDistances(X, Y);
  const pair = readPair(metric, X, Y, takesNaN(choice));
  const distances = forEachPair(pair, chooseDistance(metric, choice, params, pair));
  if (pair.isSame && isZeroToItself(choice)) {
    for (let i = 0; i < distances.rows; i++) distances.set(i, i, 0);
  }
  return distances;
}

/** Whether each row is at distance 0 from itself, whatever the formula gives: so it is for names in scikit-learn. */
export function isZeroToItself(choice: DistanceChoice): boolean {
  return typeof choice === 'string' && !takesNaN(choice);
}

/** The options of everything that compares rows by a distance. */
export const DISTANCE_DEFAULTS = {
  metric: 'euclidean',
  p: undefined,
  w: undefined,
  V: undefined,
  VI: undefined,
} as const;

/** The chosen function of two rows; 'precomputed' has none. */
export function chooseDistance(
  metric: string,
  choice: Exclude<DistanceChoice, 'precomputed'>,
  params: DistanceParams,
  pair: Pair,
): RowDistance {
  if (typeof choice === 'function') return choice;
  checkOneOf(metric, 'metric', choice, DISTANCE_NAMES);
  if (Object.hasOwn(BOOLEAN_DISTANCES, choice) && !isBoolean(pair)) {
    warn({ kind: 'data-conversion', source: metric, message: `numbers other than 0 count as 1 for ${choice}` });
  }
  return distanceByOwnScale(metric, choice, params, pair) ?? distanceByName(metric, choice, params, pair);
}

function isBoolean({ X, Y }: Pair): boolean {
  const isBit = (value: number) => value === 0 || value === 1;
  return X.data.every(isBit) && Y.data.every(isBit);
}

/** A matrix of distances, as it is. */
function readDistances(metric: string, X: MatrixLike, Y: MatrixLike | null): Matrix {
  const distances = readTable(metric, 'X', X);
  const width = Y === null ? distances.rows : readTable(metric, 'Y', Y).rows;
  if (distances.columns !== width) {
    throw badInput(metric, {
      rule: `X must have one precomputed distance per row of ${Y === null ? 'X' : 'Y'} (${width})`,
      received: `${distances.columns} columns`,
    });
  }
  const negative = distances.data.find(value => value < 0);
  if (negative === undefined) return distances;
  throw badInput(metric, { rule: 'precomputed distances must be >= 0', received: show(negative) });
}
