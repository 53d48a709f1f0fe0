import { show } from '../../errors/index.ts';
import { readDescending } from '../../kernels/index.ts';
import {
  asList,
  badInput,
  badOption,
  checkLengths,
  readNumbers,
  readOptions,
  readWeights,
  type WeightOptions,
} from '../inputs/index.ts';

/** A metric of labels 0 and 1; it is only given weights where there are any. */
export type ThresholdMetric = (yTrue: Float64Array, yPred: Float64Array, options?: WeightOptions) => number;

/** The values of a metric, one per threshold. */
export interface MetricAtThresholds {
  readonly values: Float64Array;
  /** The distinct scores, falling. */
  readonly thresholds: Float64Array;
}

/**
 * A metric at every distinct score as the threshold from which samples are predicted 1. Time O(n) calls of the metric at
 * most, each of n samples.
 *
 * @param yTrue n labels, 0 and 1
 * @param yScore n scores
 * @param score the metric; wrap it to fix options, e.g. `(a, b) => fbetaScore(a, b, { beta: 2 })`
 * @returns values and thresholds, from the highest threshold down
 * @throws InvalidInputError on labels other than 0 and 1, and on lists that are empty, unequal or not finite
 *
 * @example
 * import { accuracyScore, metricAtThresholds } from 'fitwise';
 * metricAtThresholds([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], accuracyScore).values; // [0.75, 0.5, 0.75, 0.5]
 */
export function metricAtThresholds(
  yTrue: ArrayLike<number>,
  yScore: ArrayLike<number>,
  score: ThresholdMetric,
  options: WeightOptions = {},
): MetricAtThresholds {
  const metric = 'metricAtThresholds';
  const { sampleWeight } = readOptions(metric, options, { sampleWeight: undefined });
  if (typeof score !== 'function') throw badOption(metric, { rule: 'score must be a function', received: show(score) });
  const labels = readNumbers(metric, 'yTrue', asList(metric, 'yTrue', yTrue));
  const scores = readNumbers(metric, 'yScore', yScore);
  checkLengths(metric, ['yTrue', 'yScore'], labels.length, scores.length);
  const stray = labels.find(label => label !== 0 && label !== 1);
  if (stray !== undefined) throw badInput(metric, { rule: 'yTrue must hold 0 and 1', received: show(stray) });
  const weights = readWeights(metric, sampleWeight, labels.length);
  const rows = Int32Array.from(scores.keys());
  const order = readDescending(scores, rows, ({ tags }) => tags.filter(row => weights?.[row] !== 0));
  const pick = (values: Float64Array) => Float64Array.from(order, row => values[row]!);
  const [truth, ranked] = [pick(labels), pick(scores)];
  const thresholds = ranked.filter((value, k) => value !== ranked[k - 1]);
  const weighted = weights === undefined ? undefined : { sampleWeight: pick(weights) };
  const values = thresholds.map(threshold =>
    score(
      truth,
      ranked.map(value => Number(value >= threshold)),
      ...(weighted === undefined ? [] : [weighted]),
    ),
  );
  const bad = values.findIndex(value => Number.isNaN(value));
  if (bad === -1) return { values, thresholds };
  throw badInput(metric, { rule: 'score must give numbers', received: `NaN at threshold ${thresholds[bad]}` });
}
