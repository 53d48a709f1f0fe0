/** All distances that have a name, and the parameters that some of them take. */
import type { Matrix } from '../../array/index.ts';
import { badInput, badOption, checkNumber, readNumbers, readTable, type Table } from '../inputs/index.ts';
import { BOOLEAN_DISTANCES } from './boolean-distances.ts';
import type { BooleanDistanceName, DistanceName, NumericDistanceName } from './distance-names.ts';
import type { Pair } from './pair.ts';
import {
  brayCurtis,
  canberra,
  chebyshev,
  correlation,
  cosine,
  euclidean,
  hamming,
  haversine,
  mahalanobis,
  manhattan,
  minkowski,
  nanEuclidean,
  type RowDistance,
  squaredEuclidean,
  standardizedEuclidean,
  weightedMinkowski,
} from './row-distances.ts';

const NUMERIC_DISTANCES: Readonly<Record<NumericDistanceName, RowDistance>> = {
  euclidean,
  l2: euclidean,
  sqeuclidean: squaredEuclidean,
  manhattan,
  l1: manhattan,
  cityblock: manhattan,
  chebyshev,
  cosine,
  correlation,
  canberra,
  braycurtis: brayCurtis,
  hamming,
  nanEuclidean,
  haversine,
};

/** Parameters of the distances that have any. */
export interface DistanceParams {
  /** Order of `minkowski`, > 0, or Infinity. @default 2 */
  readonly p?: number | undefined;
  /** Weight >= 0 per column for `minkowski` of finite order. @default 1 each */
  readonly w?: ArrayLike<number> | undefined;
  /** Variance per column for `seuclidean`. @default that of X, where there is no Y */
  readonly V?: ArrayLike<number> | undefined;
  /** Inverse covariance matrix for `mahalanobis`. @default that of X, where there is no Y */
  readonly VI?: Table | undefined;
}

/** Whether a distance takes rows with missing values. */
export function takesNaN(distance: unknown): boolean {
  return distance === 'nanEuclidean';
}

/**
 * The distance of a name, ready for the rows of a pair of tables.
 *
 * @throws InvalidParamError on an unknown name, and on parameters that are missing, of no use or outside their rule
 */
export function distanceByName(metric: string, name: DistanceName, params: DistanceParams, pair: Pair): RowDistance {
  refuseUseless(metric, name, params);
  if (name === 'minkowski') {
    const p = params.p ?? 2;
    checkNumber(metric, 'p', p, 'a number > 0', value => value > 0);
    return params.w === undefined ? minkowski(p) : weightedMinkowski(p, readColumnWeights(metric, params.w, p, pair));
  }
  if (name === 'seuclidean') return standardizedEuclidean(readVariances(metric, params.V, pair));
  if (name === 'mahalanobis') return mahalanobis(readInverse(metric, params.VI, pair).data);
  if (name === 'haversine' && pair.X.columns !== 2) {
    throw badInput(metric, { rule: 'X must have two columns, latitude and longitude', received: `${pair.X.columns}` });
  }
  if (Object.hasOwn(BOOLEAN_DISTANCES, name)) return BOOLEAN_DISTANCES[name as BooleanDistanceName];
  return NUMERIC_DISTANCES[name as NumericDistanceName];
}

/** @throws InvalidParamError on a parameter of another distance. */
export function refuseUseless(metric: string, name: DistanceName, { p, w, V, VI }: DistanceParams): void {
  const owners = [
    ['p', p, 'minkowski'],
    ['w', w, 'minkowski'],
    ['V', V, 'seuclidean'],
    ['VI', VI, 'mahalanobis'],
  ] as const;
  for (const [param, value, owner] of owners) {
    if (value === undefined || name === owner) continue;
    throw badOption(metric, {
      rule: `${param} must be absent unless metric is '${owner}'`,
      received: `metric '${name}'`,
    });
  }
}

function readColumnWeights(metric: string, w: ArrayLike<number>, p: number, { X }: Pair): Float64Array {
  const weights = readNumbers(metric, 'w', w);
  const isUsable = weights.length === X.columns && weights.every(weight => weight >= 0) && weights.some(Boolean);
  if (isUsable && p < Infinity) return weights;
  throw badOption(metric, {
    rule: `w must have one weight >= 0 per column (${X.columns}), not all 0, for a finite order p`,
    received: `${weights.length} weights and p ${p}`,
  });
}

function readVariances(metric: string, V: ArrayLike<number> | undefined, { X }: Pair): Float64Array {
  if (V === undefined) {
    throw badOption(metric, { rule: "V must be given for 'seuclidean' where there is a Y", received: 'none' });
  }
  const variances = readNumbers(metric, 'V', V);
  if (variances.length === X.columns) return variances;
  throw badOption(metric, {
    rule: `V must have one variance per column (${X.columns})`,
    received: `${variances.length}`,
  });
}

function readInverse(metric: string, VI: Table | undefined, { X }: Pair): Matrix {
  if (VI === undefined) {
    throw badOption(metric, { rule: "VI must be given for 'mahalanobis' where there is a Y", received: 'none' });
  }
  const inverse = readTable(metric, 'VI', VI);
  if (inverse.rows === X.columns && inverse.columns === X.columns) return inverse;
  throw badOption(metric, {
    rule: `VI must have shape (${X.columns}, ${X.columns})`,
    received: `shape (${inverse.rows}, ${inverse.columns})`,
  });
}
