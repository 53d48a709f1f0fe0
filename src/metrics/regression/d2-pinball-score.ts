import { mean, readOptions, warnUndefined, weightedPercentile } from '../inputs/index.ts';
import { explainedShare } from './explained-share.ts';
import { type PinballOptions, pinballLoss } from './mean-errors.ts';
import {
  type Multioutput,
  meanLosses,
  type NumericTarget,
  type OverOutputs,
  type RegressionOptions,
  readTargets,
} from './targets.ts';

const DEFAULTS = { sampleWeight: undefined, multioutput: 'uniformAverage', alpha: 0.5 } as const;

/**
 * The share of the pinball loss that a prediction avoids against always predicting the `alpha` quantile of the true
 * values: 1 is perfect, 0 no better. Time O(n log n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred the predicted `alpha` quantiles, as `yTrue`
 * @returns a number <= 1, or one per output with `multioutput: 'rawValues'`; NaN, with a warning, for one sample
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 * @throws InvalidParamError on an alpha outside [0, 1]
 *
 * @example
 * import { d2PinballScore } from 'fitwise';
 * d2PinballScore([1, 2, 3], [1, 2, 2], { alpha: 0.5 }); // 0.5
 */
export function d2PinballScore<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: PinballOptions<M> = {},
): OverOutputs<M> {
  return scoreAgainstQuantile('d2PinballScore', yTrue, yPred, options);
}

/**
 * The share of the absolute error that a prediction avoids against always predicting the median of the true values: 1
 * is perfect, 0 no better. Time O(n log n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number <= 1, or one per output with `multioutput: 'rawValues'`; NaN, with a warning, for one sample
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { d2AbsoluteErrorScore } from 'fitwise';
 * d2AbsoluteErrorScore([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.764...
 */
export function d2AbsoluteErrorScore<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  const metric = 'd2AbsoluteErrorScore';
  const { alpha: _, ...defaults } = DEFAULTS;
  readOptions(metric, options as RegressionOptions<Multioutput>, defaults);
  return scoreAgainstQuantile(metric, yTrue, yPred, options);
}

function scoreAgainstQuantile<M extends Multioutput>(
  metric: string,
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: PinballOptions<M>,
): OverOutputs<M> {
  const { sampleWeight, multioutput, alpha } = readOptions(metric, options as PinballOptions<Multioutput>, DEFAULTS);
  const loss = pinballLoss(metric, alpha);
  const targets = readTargets(metric, yTrue, yPred, sampleWeight);
  const { rows, outputs, weights } = targets;
  if (rows < 2) {
    warnUndefined(metric, 'the score needs two samples at least; it is NaN');
    return (multioutput === 'rawValues' ? Float64Array.from(outputs, () => Number.NaN) : Number.NaN) as OverOutputs<M>;
  }
  const constantLoss = Float64Array.from(outputs, ({ yTrue: y }) => {
    const quantile = weightedPercentile(y, weights, alpha * 100);
    return mean(
      y.map(value => loss(value, quantile)),
      weights,
    );
  });
  const shares = { loss: meanLosses(targets, loss), constantLoss, forceFinite: true };
  return explainedShare(metric, shares, multioutput) as OverOutputs<M>;
}
