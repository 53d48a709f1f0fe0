import type { Label } from '../../check/index.ts';
import { readOptions, sum, type WeightOptions } from '../inputs/index.ts';
import { countConfusion } from './confusion-matrix.ts';

/**
 * The correlation between true and predicted labels, from -1 (all wrong) over 0 (chance) to 1 (all right); for more
 * than two classes the R_K statistic. Time O(n + labels^2).
 *
 * Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
 *
 * @param yTrue labels
 * @param yPred labels of the same type
 * @returns a number in [-1, 1]; 0 where either list holds one label only
 * @throws InvalidInputError on empty or unequal targets, and on weights outside their rule
 *
 * @example
 * import { matthewsCorrcoef } from 'fitwise';
 * matthewsCorrcoef([1, 1, 1, -1], [1, -1, 1, 1]); // -0.333...
 */
export function matthewsCorrcoef<L extends Label>(
  yTrue: ArrayLike<L>,
  yPred: ArrayLike<L>,
  options: WeightOptions = {},
): number {
  const metric = 'matthewsCorrcoef';
  const counts = countConfusion(metric, yTrue, yPred, readOptions(metric, options, { sampleWeight: undefined }));
  const actual = Float64Array.from({ length: counts.rows }, (_, i) => sum(counts.row(i)));
  const predicted = Float64Array.from({ length: counts.rows }, (_, j) => sum(counts.column(j)));
  const right = sum(Float64Array.from({ length: counts.rows }, (_, i) => counts.get(i, i)));
  const total = sum(predicted);
  const dot = (a: Float64Array, b: Float64Array) => sum(a.map((value, i) => value * b[i]!));
  const spread = (total * total - dot(predicted, predicted)) * (total * total - dot(actual, actual));
  return spread === 0 ? 0 : (right * total - dot(actual, predicted)) / Math.sqrt(spread);
}
