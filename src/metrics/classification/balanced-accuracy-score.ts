import type { Label } from '../../check/index.ts';
import { mean, readOptions, sum, type WeightOptions, warnUser } from '../inputs/index.ts';
import { countConfusion } from './confusion-matrix.ts';

export interface BalancedAccuracyOptions extends WeightOptions {
  /** Rescaled so that chance scores 0 and perfection 1. @default false */
  readonly adjusted?: boolean;
}

/**
 * The mean of the recalls of all true labels: accuracy as if every class were equally frequent. Time O(n).
 *
 * Labels that are predicted but never true are left out, with a warning.
 *
 * @param yTrue labels
 * @param yPred labels of the same type
 * @returns a number in [0, 1]; `adjusted` may be negative, and is NaN where there is one class only
 * @throws InvalidInputError on empty or unequal targets, and on weights outside their rule
 *
 * @example
 * import { balancedAccuracyScore } from 'fitwise';
 * balancedAccuracyScore([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]); // 0.625
 */
export function balancedAccuracyScore<L extends Label>(
  yTrue: ArrayLike<L>,
  yPred: ArrayLike<L>,
  options: BalancedAccuracyOptions = {},
): number {
  const metric = 'balancedAccuracyScore';
  const { adjusted, ...rest } = readOptions(metric, options, { adjusted: false, sampleWeight: undefined });
  const counts = countConfusion(metric, yTrue, yPred, rest);
  const recalls = Array.from({ length: counts.rows }, (_, i) => counts.get(i, i) / sum(counts.row(i)));
  const defined = recalls.filter(recall => !Number.isNaN(recall));
  if (defined.length < recalls.length) warnUser(metric, 'yPred holds labels that do not occur in yTrue');
  const score = mean(defined);
  const chance = 1 / defined.length;
  return adjusted ? (score - chance) / (1 - chance) : score;
}
