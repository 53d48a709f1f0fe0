import type { MatrixLike } from '../../array/index.ts';
import { checkOneOf, readOptions } from '../inputs/index.ts';
import { type DistanceParams, takesNaN } from './distance-by-name.ts';
import type { DistanceName } from './distance-names.ts';
import { checkFound, readPair, rowsOf } from './pair.ts';
import { chooseDistance, DISTANCE_DEFAULTS } from './pairwise-distances.ts';
import type { RowDistance } from './row-distances.ts';

export interface ArgminOptions extends DistanceParams {
  /** @default 'euclidean' */
  readonly metric?: DistanceName | RowDistance;
  /** 1 finds the nearest row of Y for each row of X, 0 the nearest row of X for each row of Y. @default 1 */
  readonly axis?: 0 | 1;
}

/** Nearest rows and how far they are. */
export interface ArgminMin {
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/**
 * The nearest row of Y for each row of X; of rows equally near the first. Time O(n m features), memory O(n).
 *
 * @param X n × features
 * @param Y m × features
 * @returns n row numbers
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on an unknown distance, and on parameters it does not have
 *
 * @example
 * import { pairwiseDistancesArgmin } from 'fitwise';
 * pairwiseDistancesArgmin([[0], [5]], [[4], [1], [9]]); // [1, 0]
 */
export function pairwiseDistancesArgmin(X: MatrixLike, Y: MatrixLike, options: ArgminOptions = {}): Int32Array {
  return nearest('pairwiseDistancesArgmin', X, Y, options).indices;
}

/**
 * The nearest row of Y for each row of X, and its distance; of rows equally near the first. Time O(n m features),
 * memory O(n).
 *
 * @param X n × features
 * @param Y m × features
 * @returns n row numbers and n distances
 * @throws InvalidInputError on tables that are empty, not finite, or of different widths
 * @throws InvalidParamError on an unknown distance, and on parameters it does not have
 *
 * @example
 * import { pairwiseDistancesArgminMin } from 'fitwise';
 * pairwiseDistancesArgminMin([[0], [5]], [[4], [1], [9]]).distances; // [1, 1]
 */
export function pairwiseDistancesArgminMin(X: MatrixLike, Y: MatrixLike, options: ArgminOptions = {}): ArgminMin {
  return nearest('pairwiseDistancesArgminMin', X, Y, options);
}

function nearest(metric: string, X: MatrixLike, Y: MatrixLike, options: ArgminOptions): ArgminMin {
  const { axis, metric: choice, ...params } = readOptions(metric, options, { ...DISTANCE_DEFAULTS, axis: 1 });
  checkOneOf(metric, 'axis', axis, [0, 1]);
  const pair = readPair(metric, X, Y, takesNaN(choice));
  const distance = chooseDistance(metric, choice, params, pair);
  const [from, to] = axis === 1 ? [rowsOf(pair.X), rowsOf(pair.Y)] : [rowsOf(pair.Y), rowsOf(pair.X)];
  const indices = new Int32Array(from.length);
  const distances = new Float64Array(from.length).fill(Number.NaN);
  for (let i = 0; i < from.length; i++) {
    for (let j = 0; j < to.length; j++) {
      const candidate = checkFound(pair, distance(from[i]!, to[j]!), from[i]!, to[j]!);
      if (candidate < distances[i]! || Number.isNaN(distances[i]!)) [indices[i], distances[i]] = [j, candidate];
    }
  }
  return { indices, distances };
}
