import { Matrix } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import type { WeightFunction, Weights } from './neighbor-spec.ts';

/**
 * What each neighbor counts, queries × neighbors, relative to the one that counts most, so that sums cannot overflow.
 * By inverse distance only neighbors at distance 0 count, where there are any.
 *
 * @throws InvalidInputError if a function's weights are not one per neighbor, finite, >= 0 and not all zero.
 */
export function weighNeighbors(weights: Weights, distances: Matrix, action: string): Matrix {
  if (weights === 'uniform' || weights === null)
    return new Matrix(new Float64Array(distances.data.length).fill(1), distances.rows, distances.columns);
  const result = Matrix.zeros(distances.rows, distances.columns);
  for (let i = 0; i < distances.rows; i++) {
    const row = distances.row(i);
    result.row(i).set(weights === 'distance' ? inverse(row) : checked(weights, row, action));
  }
  return result;
}

function inverse(distances: Float64Array): Float64Array {
  const nearest = distances[0]!;
  return distances.map(distance => (distance === 0 ? 1 : nearest / distance));
}

function checked(weights: WeightFunction, distances: Float64Array, action: string): ArrayLike<number> {
  const given = weights(distances.slice());
  const list = Array.from(given ?? []);
  const isRight = list.length === distances.length && list.every(weight => Number.isFinite(weight) && weight >= 0);
  const greatest = list.reduce((most, weight) => Math.max(most, weight), 0);
  if (isRight && greatest > 0) return list.map(weight => weight / greatest);
  throw new InvalidInputError({
    action,
    rule: `weights must give one finite number >= 0 per neighbor (${distances.length}), not all of them zero`,
    received: show(given),
  });
}
