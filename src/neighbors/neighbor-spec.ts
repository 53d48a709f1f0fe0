import { integer, nullable, oneOf, real, value } from '../check/index.ts';
import type { DistanceChoice, DistanceParams } from '../metrics/index.ts';
import { DISTANCE_NAMES, type DistanceName } from '../metrics/pairwise/distance-names.ts';

/** Weights of the neighbors of one sample from their distances, in ascending order; one each, finite and >= 0. */
export type WeightFunction = (distances: Float64Array) => ArrayLike<number>;

/** What each neighbor counts: the same, the inverse of its distance, or what a function says. */
export type Weights = 'uniform' | 'distance' | WeightFunction | null;

/** Parameters of `'minkowski'` (weights `w`), `'seuclidean'` (variances `V`) and `'mahalanobis'` (inverse covariance `VI`). */
export type MetricParams = Pick<DistanceParams, 'w' | 'V' | 'VI'>;

/** The parameters of both estimators. */
export const spec = {
  /** Number of neighbors. */
  nNeighbors: integer({ min: 1, default: 5 }),
  /** What each neighbor counts: the same (null too), the inverse of its distance, or what a function of distances says. */
  weights: value<Weights>({
    default: 'uniform',
    expected: "'uniform', 'distance', null or a function of distances",
    accepts: given => given === null || given === 'uniform' || given === 'distance' || typeof given === 'function',
  }),
  /** How the search is done; `'auto'` goes by the metric and the shape. The neighbors found are the same. */
  algorithm: oneOf(['auto', 'ball_tree', 'kd_tree', 'brute'], { default: 'auto' }),
  /** Least number of samples in a leaf of a tree. */
  leafSize: integer({ min: 1, default: 30 }),
  /** Order of the metric `'minkowski'`, Infinity included; not used by others. */
  p: real({ above: 0, max: Number.POSITIVE_INFINITY, default: 2 }),
  /** The distance: by name, `'precomputed'` (X holds distances from the samples of `fit`), or a function of two rows. */
  metric: value<DistanceChoice>({
    default: 'minkowski',
    expected: `one of ${[...DISTANCE_NAMES, 'precomputed'].join(', ')}, or a function of two rows`,
    accepts: given =>
      typeof given === 'function' || given === 'precomputed' || DISTANCE_NAMES.includes(given as DistanceName),
  }),
  /** Further parameters of the metric. */
  metricParams: nullable(
    value<MetricParams>({ default: {}, expected: 'an object with w, V or VI', accepts: isMetricParams }),
  ),
};

function isMetricParams(given: unknown): boolean {
  return typeof given === 'object' && given !== null && Object.keys(given).every(key => ['w', 'V', 'VI'].includes(key));
}
