import type { Matrix } from '../array/index.ts';
import { InvalidParamError, show } from '../errors/index.ts';
import { effectiveMetric, type MetricSettings } from './metric.ts';

export type Algorithm = 'brute' | 'kd_tree' | 'ball_tree';

export interface SearchSettings extends MetricSettings {
  readonly algorithm: 'auto' | Algorithm;
  readonly leafSize: number;
  readonly nNeighbors: number;
}

/** Distances that grow with the difference in each column: those whose least value over a box is known. */
const BOX_METRICS: readonly unknown[] = ['euclidean', 'l2', 'manhattan', 'l1', 'cityblock', 'chebyshev', 'minkowski'];
/** Distances that satisfy the triangle inequality. */
const BALL_METRICS: readonly unknown[] = [
  ...BOX_METRICS,
  'seuclidean',
  'mahalanobis',
  'hamming',
  'canberra',
  'jaccard',
  'rogerstanimoto',
  'sokalsneath',
  'haversine',
];
/** From this many features on, a tree has to look nearly everywhere. */
const MANY_FEATURES = 16;

/**
 * The way to search. `'auto'`: brute force for many features, for half of the samples as neighbors and for what no
 * tree can hold, else a k-d tree where the metric allows it, else a ball tree.
 *
 * @throws InvalidParamError if the tree asked for cannot hold the metric.
 */
export function chooseAlgorithm(settings: SearchSettings, X: Matrix, action: string): Algorithm {
  const { algorithm, nNeighbors } = settings;
  const metric = effectiveMetric(settings);
  const isProper = metric !== 'minkowski' || settings.p >= 1;
  const isWeighted = settings.metricParams?.w !== undefined;
  const suits = {
    brute: true,
    kd_tree: isProper && !isWeighted && BOX_METRICS.includes(metric),
    ball_tree: isProper && (BALL_METRICS.includes(metric) || typeof metric === 'function'),
  };
  if (algorithm === 'auto') {
    const isLarge = X.columns >= MANY_FEATURES || nNeighbors >= Math.floor(X.rows / 2);
    if (isLarge || typeof metric === 'function') return 'brute';
    return suits.kd_tree ? 'kd_tree' : suits.ball_tree ? 'ball_tree' : 'brute';
  }
  if (suits[algorithm]) return algorithm;
  throw new InvalidParamError({
    action,
    rule: `the metric must be one that a '${algorithm}' can hold`,
    received: isProper
      ? `${show(metric)}${isWeighted ? ' with weights' : ''}`
      : `'minkowski' of order ${settings.p} < 1`,
    repair: "use algorithm 'brute' or 'auto'",
  });
}
