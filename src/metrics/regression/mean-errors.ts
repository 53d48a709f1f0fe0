/** Means over the samples of a loss of one true and one predicted value, averaged over the outputs. */
import { show } from '../../errors/index.ts';
import { badInput, checkNumber, readOptions } from '../inputs/index.ts';
import {
  type Multioutput,
  meanLosses,
  type NumericTarget,
  type NumericTargets,
  type OverOutputs,
  overOutputs,
  type RegressionOptions,
  readTargets,
} from './targets.ts';

const DEFAULTS = { sampleWeight: undefined, multioutput: 'uniformAverage' } as const;

/**
 * The mean squared error, `1/n sum (y - p)^2`. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { meanSquaredError } from 'fitwise';
 * meanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.375
 */
export function meanSquaredError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  return meanError('meanSquaredError', yTrue, yPred, options, () => squaredError);
}

/**
 * The square root of the mean squared error, taken per output before outputs are averaged. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { rootMeanSquaredError } from 'fitwise';
 * rootMeanSquaredError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.612...
 */
export function rootMeanSquaredError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  return meanError('rootMeanSquaredError', yTrue, yPred, options, () => squaredError, Math.sqrt);
}

/**
 * The mean absolute error, `1/n sum |y - p|`. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { meanAbsoluteError } from 'fitwise';
 * meanAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.5
 */
export function meanAbsoluteError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  return meanError('meanAbsoluteError', yTrue, yPred, options, () => (y, p) => Math.abs(p - y));
}

/**
 * The mean relative error, `1/n sum |y - p| / max(|y|, eps)`: a fraction, not a percentage, and huge where a true
 * value is zero. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { meanAbsolutePercentageError } from 'fitwise';
 * meanAbsolutePercentageError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.327...
 */
export function meanAbsolutePercentageError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  const relative = (y: number, p: number) => Math.abs(p - y) / Math.max(Math.abs(y), Number.EPSILON);
  return meanError('meanAbsolutePercentageError', yTrue, yPred, options, () => relative);
}

/**
 * The mean squared error of logarithms, `1/n sum (log(1 + y) - log(1 + p))^2`. Time O(n outputs).
 *
 * @param yTrue n values > -1, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on values <= -1, and on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { meanSquaredLogError } from 'fitwise';
 * meanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]); // 0.0397...
 */
export function meanSquaredLogError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  return meanError('meanSquaredLogError', yTrue, yPred, options, squaredLogError);
}

/**
 * The square root of the mean squared error of logarithms, taken per output. Time O(n outputs).
 *
 * @param yTrue n values > -1, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on values <= -1, and on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { rootMeanSquaredLogError } from 'fitwise';
 * rootMeanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]); // 0.199...
 */
export function rootMeanSquaredLogError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  return meanError('rootMeanSquaredLogError', yTrue, yPred, options, squaredLogError, Math.sqrt);
}

export interface PinballOptions<M> extends RegressionOptions<M> {
  /** The quantile that is predicted, in [0, 1]. @default 0.5 */
  readonly alpha?: number;
}

/**
 * The mean loss of a predicted quantile, `1/n sum max(alpha (y - p), (alpha - 1) (y - p))`. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred the predicted `alpha` quantiles, as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 * @throws InvalidParamError on an alpha outside [0, 1]
 *
 * @example
 * import { meanPinballLoss } from 'fitwise';
 * meanPinballLoss([1, 2, 3], [0, 2, 3], { alpha: 0.9 }); // 0.3
 */
export function meanPinballLoss<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: PinballOptions<M> = {},
): OverOutputs<M> {
  const metric = 'meanPinballLoss';
  const { alpha, ...rest } = readOptions(metric, options as PinballOptions<Multioutput>, { ...DEFAULTS, alpha: 0.5 });
  return meanError(metric, yTrue, yPred, rest, () => pinballLoss(metric, alpha)) as OverOutputs<M>;
}

/**
 * The loss of a predicted quantile.
 *
 * @throws InvalidParamError on an alpha outside [0, 1]
 */
export function pinballLoss(metric: string, alpha: number): (y: number, p: number) => number {
  checkNumber(metric, 'alpha', alpha, 'a number in [0, 1]', value => value >= 0 && value <= 1);
  return (y, p) => (y >= p ? alpha * (y - p) : (alpha - 1) * (y - p));
}

function squaredError(y: number, p: number): number {
  return (y - p) * (y - p);
}

function squaredLogError(metric: string, { outputs }: NumericTargets): (y: number, p: number) => number {
  const isTooSmall = (value: number) => value <= -1;
  for (const { yTrue, yPred } of outputs) {
    const value = yTrue.find(isTooSmall) ?? yPred.find(isTooSmall);
    if (value !== undefined) {
      throw badInput(metric, { rule: 'yTrue and yPred must hold values > -1', received: show(value) });
    }
  }
  return (y, p) => squaredError(Math.log1p(y), Math.log1p(p));
}

/** A mean over samples, changed by `after`, and averaged over outputs. */
function meanError<M extends Multioutput>(
  metric: string,
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M>,
  chooseLoss: (metric: string, targets: NumericTargets) => (y: number, p: number) => number,
  after: (error: number) => number = error => error,
): OverOutputs<M> {
  const { sampleWeight, multioutput } = readOptions(metric, options as RegressionOptions<Multioutput>, DEFAULTS);
  const targets = readTargets(metric, yTrue, yPred, sampleWeight);
  const errors = meanLosses(targets, chooseLoss(metric, targets)).map(after);
  return overOutputs(metric, errors, multioutput) as OverOutputs<M>;
}
