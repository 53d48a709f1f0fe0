import type { Label } from '../../check/index.ts';
import {
  type ClassTargets,
  type LabelOption,
  readOptions,
  type WeightOptions,
  warnUndefined,
  weightedSum,
} from '../inputs/index.ts';
import { countSamples, type Forecasts, type Probabilities, readForecasts } from './probabilities.ts';

export interface LogLossOptions<L extends Label> extends WeightOptions {
  /** All labels, where `yTrue` may lack some; the columns of `yProba` are these, sorted. */
  readonly labels?: readonly L[] | undefined;
  /** The mean over the samples instead of their sum. @default true */
  readonly normalize?: boolean;
}

/**
 * The mean negative logarithm of the probability that was given to the label that came true (cross-entropy):
 * `-1/n sum log p(y_i)`. Time O(n classes).
 *
 * Probabilities are kept within [eps, 1 - eps], eps being the spacing of their number type, and are not made to sum to
 * one: a warning says where they do not.
 *
 * @param yTrue labels, or n × classes of zeros and ones, where the losses of a row's ones are added
 * @param yProba n × classes, columns in the order of the sorted labels; or n probabilities of the second label
 * @returns a number >= 0
 * @throws InvalidInputError on probabilities outside [0, 1], and on labels that do not match the columns
 *
 * @example
 * import { logLoss } from 'fitwise';
 * logLoss(['ham', 'spam'], [[0.9, 0.1], [0.2, 0.8]]); // 0.164...
 */
export function logLoss<L extends Label>(
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  options: LogLossOptions<LabelOption<L>> = {},
): number {
  const metric = 'logLoss';
  const { normalize, ...rest } = readOptions(metric, options as LogLossOptions<L>, {
    labels: undefined,
    sampleWeight: undefined,
    normalize: true,
  });
  const forecasts = readForecasts<L>(metric, yTrue, yProba, rest);
  const { probabilities, total } = forecasts;
  const loss = totalLoss(forecasts, (i, k) => probabilities.get(i, k));
  return normalize ? loss / total : loss;
}

/**
 * The share of log loss that a forecast avoids against always giving each label its frequency: 1 is perfect, 0 no
 * better, and there is no lower bound. Time O(n classes).
 *
 * @param yTrue as for `logLoss`
 * @param yProba as for `logLoss`
 * @returns a number <= 1; NaN, with a warning, for fewer than two samples
 * @throws InvalidInputError on probabilities outside [0, 1], and on labels that do not match the columns
 *
 * @example
 * import { d2LogLossScore } from 'fitwise';
 * d2LogLossScore([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]); // 0.763...
 */
export function d2LogLossScore<L extends Label>(
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  options: Omit<LogLossOptions<LabelOption<L>>, 'normalize'> = {},
): number {
  const metric = 'd2LogLossScore';
  if (countSamples(metric, yTrue) === 1) {
    warnUndefined(metric, 'the score needs two samples at least; it is NaN');
    return Number.NaN;
  }
  const forecasts = readForecasts<L>(
    metric,
    yTrue,
    yProba,
    readOptions(metric, options as Omit<LogLossOptions<L>, 'normalize'>, {
      labels: undefined,
      sampleWeight: undefined,
    }),
  );
  const frequencies = labelFrequencies(forecasts);
  const loss = totalLoss(forecasts, (i, k) => forecasts.probabilities.get(i, k));
  return 1 - loss / totalLoss(forecasts, (_, k) => frequencies[k]!);
}

/** The (weighted) share of the samples in which each class came true. */
export function labelFrequencies({ truth, probabilities, weights, total }: Forecasts): Float64Array {
  const frequencies = new Float64Array(probabilities.columns);
  truth.forEach((cameTrue, at) => {
    const i = Math.floor(at / frequencies.length);
    if (cameTrue === 1) frequencies[at % frequencies.length]! += weights?.[i] ?? 1;
  });
  return frequencies.map(weight => weight / total);
}

function totalLoss(
  { truth, probabilities: { rows, columns }, weights, epsilon }: Forecasts,
  probability: (row: number, column: number) => number,
): number {
  const losses = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      if (truth[i * columns + k] === 1) losses[i]! -= Math.log(clip(probability(i, k), epsilon));
    }
  }
  return weightedSum(losses, weights);
}

function clip(probability: number, epsilon: number): number {
  return Math.min(Math.max(probability, epsilon), 1 - epsilon);
}
