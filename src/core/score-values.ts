import type { Matrix } from '../array/index.ts';
import { checkRegressionTarget, type Target } from '../check/index.ts';
import { r2Score } from '../metrics/index.ts';
import type { ScoreOptions } from './options.ts';

/**
 * R² of predictions, averaged over outputs.
 *
 * @throws InvalidInputError on a `y` that is missing, of a wrong length, or not of finite numbers.
 */
export function scoreValues(
  y: Target,
  predicted: Float64Array | Matrix,
  options: ScoreOptions,
  action: string,
): number {
  const rows = predicted instanceof Float64Array ? predicted.length : predicted.rows;
  const { values, isMultiOutput } = checkRegressionTarget(y, rows, action);
  return r2Score(isMultiOutput ? values : values.data, predicted, options);
}
