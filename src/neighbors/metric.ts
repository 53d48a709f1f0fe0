import type { Matrix } from '../array/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import type { DistanceChoice, RowDistance } from '../metrics/index.ts';
import type { DistanceName } from '../metrics/pairwise/distance-names.ts';
import { type LazyModule, loadOnce, type Work } from '../work/index.ts';
import type { MetricParams } from './neighbor-spec.ts';
import {
  chebyshevRange,
  manhattanRange,
  precomputedRange,
  type RangeDistances,
  rangeOf,
  squaredEuclideanRange,
} from './range-distances.ts';

/** A distance in the form that searches use: reduced ones order samples alike and are cheaper (squares, say). */
export interface Metric {
  readonly range: RangeDistances;
  readonly fromReduced: (reduced: number) => number;
  readonly toReduced: (distance: number) => number;
  /** Greatest absolute rounding error of a distance beyond its relative one. */
  readonly rounding: number;
}

export interface MetricSettings {
  readonly metric: DistanceChoice;
  readonly p: number;
  readonly metricParams: MetricParams | null;
}

const namedDistances = loadOnce(() => import('../metrics/pairwise/distance-by-name.ts'));

const PLAIN = { fromReduced: same, toReduced: same, rounding: 0 };
export const EUCLIDEAN: Metric = {
  range: squaredEuclideanRange,
  fromReduced: Math.sqrt,
  toReduced: distance => distance * distance,
  rounding: 0,
};

/** Metrics that have a loop of their own. */
const RANGES: Readonly<Record<string, Metric>> = {
  euclidean: EUCLIDEAN,
  l2: EUCLIDEAN,
  manhattan: { ...PLAIN, range: manhattanRange },
  l1: { ...PLAIN, range: manhattanRange },
  cityblock: { ...PLAIN, range: manhattanRange },
  chebyshev: { ...PLAIN, range: chebyshevRange },
  precomputed: { ...PLAIN, range: precomputedRange },
};

/** The arc sine loses half its digits between opposite points of the sphere. */
const ROUNDING: Readonly<Record<string, number>> = { haversine: 1e-7 };

/** The metric by the name it really has: `'minkowski'` of order 1, 2 or Infinity without weights is another's special case. */
export function effectiveMetric({ metric, p, metricParams }: MetricSettings): DistanceChoice {
  if (metric !== 'minkowski' || metricParams?.w !== undefined) return metric;
  return p === 1 ? 'manhattan' : p === 2 ? 'euclidean' : p === Number.POSITIVE_INFINITY ? 'chebyshev' : metric;
}

/**
 * The distance that parameters describe, for rows like those of `samples`.
 *
 * @throws InvalidParamError on parameters that are missing, of no use or of a wrong shape.
 */
export function* settleMetric(settings: MetricSettings, samples: Matrix, action: string): Work<Metric> {
  const { metricParams, p } = settings;
  const metric = effectiveMetric(settings);
  checkMetricParams(metric, metricParams ?? {}, action);
  if (typeof metric === 'function') return { ...PLAIN, range: rangeOf(metric) };
  if (Object.hasOwn(RANGES, metric)) return RANGES[metric]!;
  const { distanceByName } = yield* namedDistances();
  const params = { ...metricParams, ...(metric === 'minkowski' ? { p } : {}) };
  const pair = { metric: `${metric} distances`, X: samples, Y: samples, isSame: false };
  const named = distanceByName(pair.metric, metric as DistanceName, params, pair);
  const distance = metric === 'braycurtis' ? zeroOfEqual(named) : named;
  return { ...PLAIN, range: rangeOf(distance), rounding: ROUNDING[metric] ?? 0 };
}

/** What {@link settleMetric} loads for these settings. */
export function metricModules(settings: MetricSettings): readonly LazyModule[] {
  const metric = effectiveMetric(settings);
  return typeof metric === 'function' || Object.hasOwn(RANGES, metric) ? [] : [namedDistances];
}

function checkMetricParams(metric: DistanceChoice, params: MetricParams, action: string): void {
  const owners = [
    ['V', params.V, 'seuclidean'],
    ['VI', params.VI, 'mahalanobis'],
  ] as const;
  if (params.w !== undefined && metric !== 'minkowski') {
    throw new InvalidParamError({
      action,
      rule: "metricParams must have w with the metric 'minkowski' only",
      received: `w with ${show(metric)}`,
    });
  }
  for (const [name, given, owner] of owners) {
    if ((given !== undefined) === (metric === owner)) continue;
    throw new InvalidParamError({
      action,
      rule: `metricParams must have ${name} with the metric '${owner}', and with no other`,
      received: `${given === undefined ? `no ${name}` : name} with ${show(metric)}`,
    });
  }
}

/** Two rows of zeros are 0 / 0 apart by Bray and Curtis; a search has to find them next to each other. */
function zeroOfEqual(distance: RowDistance): RowDistance {
  return (a, b) => (a.every((value, k) => value === b[k]) ? 0 : distance(a, b));
}

function same(value: number): number {
  return value;
}
