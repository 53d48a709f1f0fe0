import { mean, readOptions, warnUndefined, weightedSum } from '../inputs/index.ts';
import { explainedShare, type VarianceMultioutput } from './explained-share.ts';
import { type NumericTarget, type OverOutputs, type RegressionOptions, readTargets } from './targets.ts';

export interface R2Options<M> extends RegressionOptions<M> {
  /** Where the true values are constant: 1 for a perfect prediction and 0 for others, instead of NaN and -Infinity. @default true */
  readonly forceFinite?: boolean;
}

const DEFAULTS = { sampleWeight: undefined, multioutput: 'uniformAverage', forceFinite: true } as const;

/**
 * The share of the variance of the true values that the prediction explains, `1 - sum (y - p)^2 / sum (y - mean)^2`.
 * Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number <= 1, or one per output with `multioutput: 'rawValues'`; NaN, with a warning, for one sample
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { r2Score } from 'fitwise';
 * r2Score([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.948...
 */
export function r2Score<M extends VarianceMultioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: R2Options<M> = {},
): OverOutputs<M> {
  const metric = 'r2Score';
  const { sampleWeight, multioutput, forceFinite } = readOptions(
    metric,
    options as R2Options<VarianceMultioutput>,
    DEFAULTS,
  );
  const { rows, outputs, weights } = readTargets(metric, yTrue, yPred, sampleWeight);
  if (rows < 2) {
    warnUndefined(metric, 'the score needs two samples at least; it is NaN');
    return (multioutput === 'rawValues' ? Float64Array.from(outputs, () => Number.NaN) : Number.NaN) as OverOutputs<M>;
  }
  const shares = {
    loss: Float64Array.from(outputs, ({ yTrue: y, yPred: p }) => squaredDistance(y, i => p[i]!, weights)),
    constantLoss: Float64Array.from(outputs, ({ yTrue: y }) => {
      const center = mean(y, weights);
      return squaredDistance(y, () => center, weights);
    }),
    forceFinite,
  };
  return explainedShare(metric, shares, multioutput) as OverOutputs<M>;
}

/**
 * The share of the variance of the true values that is left after the variance of the errors is taken away,
 * `1 - Var(y - p) / Var(y)`: unlike R^2 it forgives a constant error. Time O(n outputs).
 *
 * @param yTrue n values, or n × outputs
 * @param yPred as `yTrue`
 * @returns a number <= 1, or one per output with `multioutput: 'rawValues'`
 * @throws InvalidInputError on targets that are empty, of different shapes or not finite
 *
 * @example
 * import { explainedVarianceScore } from 'fitwise';
 * explainedVarianceScore([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // 0.957...
 */
export function explainedVarianceScore<M extends VarianceMultioutput = 'uniformAverage'>(
  yTrue: NumericTarget,
  yPred: NumericTarget,
  options: R2Options<M> = {},
): OverOutputs<M> {
  const metric = 'explainedVarianceScore';
  const { sampleWeight, multioutput, forceFinite } = readOptions(
    metric,
    options as R2Options<VarianceMultioutput>,
    DEFAULTS,
  );
  const { outputs, weights } = readTargets(metric, yTrue, yPred, sampleWeight);
  const variance = (values: Float64Array) => {
    const center = mean(values, weights);
    return mean(
      values.map(value => (value - center) * (value - center)),
      weights,
    );
  };
  const shares = {
    loss: Float64Array.from(outputs, ({ yTrue: y, yPred: p }) => variance(y.map((value, i) => value - p[i]!))),
    constantLoss: Float64Array.from(outputs, ({ yTrue: y }) => variance(y)),
    forceFinite,
  };
  return explainedShare(metric, shares, multioutput) as OverOutputs<M>;
}

function squaredDistance(y: Float64Array, to: (row: number) => number, weights: Float64Array | undefined): number {
  return weightedSum(
    y.map((value, i) => (value - to(i)) * (value - to(i))),
    weights,
  );
}
