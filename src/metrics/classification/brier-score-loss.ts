import type { Label } from '../../check/index.ts';
import {
  type ClassTargets,
  checkOneOf,
  type LabelOption,
  mean,
  readOptions,
  type WeightOptions,
  warnUndefined,
} from '../inputs/index.ts';
import { labelFrequencies } from './log-loss.ts';
import {
  countSamples,
  type Forecasts,
  isOneColumn,
  type Probabilities,
  readBinaryForecasts,
  readForecasts,
} from './probabilities.ts';

export interface D2BrierOptions<L extends Label> extends WeightOptions {
  /** The label that `yProba` is the probability of, where it has one column. @default the greater one, unless strings */
  readonly posLabel?: L | undefined;
  /** All labels, where `yTrue` may lack some; the columns of `yProba` are these, sorted. */
  readonly labels?: readonly L[] | undefined;
}

export interface BrierScoreLossOptions<L extends Label> extends D2BrierOptions<L> {
  /** Half the sum over classes, so that the loss lies in [0, 1]. @default 'auto', for two classes only */
  readonly scaleByHalf?: boolean | 'auto';
}

/**
 * The mean squared difference between the probabilities of all classes and what came true:
 * `1/n sum_i sum_k (p_ik - [y_i = k])^2`, by default halved for two classes. Time O(n classes).
 *
 * Source: G. Brier, "Verification of forecasts expressed in terms of probability", 1950.
 *
 * @param yTrue labels, or n × classes of zeros and ones
 * @param yProba n × classes, columns in the order of the sorted labels; or n probabilities of the positive label
 * @returns a number in [0, 1], or in [0, 2] where it is not halved
 * @throws InvalidInputError on probabilities outside [0, 1], and on labels that do not match the columns
 *
 * @example
 * import { brierScoreLoss } from 'fitwise';
 * brierScoreLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.0375
 */
export function brierScoreLoss<L extends Label>(
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  options: BrierScoreLossOptions<LabelOption<L>> = {},
): number {
  const metric = 'brierScoreLoss';
  const { scaleByHalf, ...rest } = readOptions(metric, options as BrierScoreLossOptions<L>, {
    ...DEFAULTS,
    scaleByHalf: 'auto',
  });
  checkOneOf(metric, 'scaleByHalf', scaleByHalf, [true, false, 'auto']);
  const forecasts = readEither(metric, yTrue, yProba, rest);
  const isHalved = scaleByHalf === 'auto' ? forecasts.probabilities.columns < 3 : scaleByHalf;
  const loss = squaredLoss(forecasts, (i, k) => forecasts.probabilities.get(i, k));
  return isHalved ? loss / 2 : loss;
}

/**
 * The share of the Brier score that a forecast avoids against always giving each label its frequency: 1 is perfect, 0
 * no better. Time O(n classes).
 *
 * @param yTrue as for `brierScoreLoss`
 * @param yProba as for `brierScoreLoss`
 * @returns a number <= 1; NaN, with a warning, for fewer than two samples
 * @throws InvalidInputError on probabilities outside [0, 1], and on labels that do not match the columns
 *
 * @example
 * import { d2BrierScore } from 'fitwise';
 * d2BrierScore([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.85
 */
export function d2BrierScore<L extends Label>(
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  options: D2BrierOptions<LabelOption<L>> = {},
): number {
  const metric = 'd2BrierScore';
  if (countSamples(metric, yTrue) === 1) {
    warnUndefined(metric, 'the score needs two samples at least; it is NaN');
    return Number.NaN;
  }
  const rest = readOptions(metric, options as D2BrierOptions<L>, DEFAULTS);
  const forecasts = readEither(metric, yTrue, yProba, rest);
  const frequencies = labelFrequencies(forecasts);
  const loss = squaredLoss(forecasts, (i, k) => forecasts.probabilities.get(i, k));
  return 1 - loss / squaredLoss(forecasts, (_, k) => frequencies[k]!);
}

const DEFAULTS = { posLabel: undefined, labels: undefined, sampleWeight: undefined };

function readEither<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yProba: Probabilities,
  options: { readonly posLabel: L | undefined; readonly labels: readonly L[] | undefined } & WeightOptions,
): Forecasts {
  return isOneColumn(yProba)
    ? readBinaryForecasts(metric, yTrue as ArrayLike<L>, yProba, options)
    : readForecasts(metric, yTrue, yProba, options);
}

function squaredLoss(
  { truth, probabilities, weights }: Forecasts,
  probability: (row: number, column: number) => number,
): number {
  const losses = new Float64Array(probabilities.rows);
  for (let i = 0; i < losses.length; i++) {
    for (let k = 0; k < probabilities.columns; k++) {
      const error = probability(i, k) - truth[i * probabilities.columns + k]!;
      losses[i]! += error * error;
    }
  }
  return mean(losses, weights);
}
