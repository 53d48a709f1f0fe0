import { median, readOptions, weightedPercentile } from '../inputs/index.ts';
import {
  type Multioutput,
  type NumericTarget,
  type OverOutputs,
  overOutputs,
  type RegressionOptions,
  readTargets,
} from './targets.ts';

/**
 * The median of the absolute errors, which outliers do not move. Time O(n log n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number >= 0, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { medianAbsoluteError } from 'fitwise';
 * medianAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.5
 */
export function medianAbsoluteError<M extends Multioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: RegressionOptions<M> = {},
): OverOutputs<M> {
  const metric = 'medianAbsoluteError';
  const { sampleWeight, multioutput } = readOptions(metric, options as RegressionOptions<Multioutput>, {
    sampleWeight: undefined,
    multioutput: 'uniformAverage',
  });
  const { outputs, weights } = readTargets(metric, yTrue, yPred, sampleWeight);
  const medians = Float64Array.from(outputs, ({ yTrue: actual, yPred: predicted }) => {
    const errors = actual.map((y, i) => Math.abs(predicted[i]! - y));
    return weights === undefined ? median(errors) : weightedPercentile(errors, weights, 50);
  });
  return overOutputs(metric, medians, multioutput) as OverOutputs<M>;
}
