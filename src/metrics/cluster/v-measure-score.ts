import type { Label } from '../../check/index.ts';
import { checkNumber, readOptions } from '../inputs/index.ts';
import { countPairs } from './contingency.ts';
import { entropy, mutualInformation } from './entropy.ts';

/** Whether clusters hold one class only, whether classes lie in one cluster only, and the mean of both. */
export interface HomogeneityCompletenessVMeasure {
  readonly homogeneity: number;
  readonly completeness: number;
  readonly vMeasure: number;
}

export interface VMeasureOptions {
  /** Weight of completeness against homogeneity. @default 1 */
  readonly beta?: number;
}

/**
 * Homogeneity, completeness and V-measure of a clustering in one pass. Time O(n log n).
 *
 * Homogeneity is `MI / H(classes)`, completeness `MI / H(clusters)`, V `(1 + b) h c / (b h + c)`.
 *
 * Source: A. Rosenberg, J. Hirschberg, "V-Measure: a conditional entropy-based external cluster evaluation", 2007.
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns three numbers in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { homogeneityCompletenessVMeasure } from 'fitwise';
 * homogeneityCompletenessVMeasure([0, 0, 1, 1], [0, 0, 1, 2]).homogeneity; // 1
 */
export function homogeneityCompletenessVMeasure(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: VMeasureOptions = {},
): HomogeneityCompletenessVMeasure {
  return measure('homogeneityCompletenessVMeasure', labelsTrue, labelsPred, options);
}

/**
 * Whether each cluster holds samples of one class only. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { homogeneityScore } from 'fitwise';
 * homogeneityScore([0, 0, 1, 1], [0, 1, 2, 3]); // 1
 */
export function homogeneityScore(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): number {
  return measure('homogeneityScore', labelsTrue, labelsPred, {}).homogeneity;
}

/**
 * Whether all samples of a class lie in one cluster. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { completenessScore } from 'fitwise';
 * completenessScore([0, 1, 2, 3], [0, 0, 1, 1]); // 1
 */
export function completenessScore(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): number {
  return measure('completenessScore', labelsTrue, labelsPred, {}).completeness;
}

/**
 * The weighted harmonic mean of homogeneity and completeness. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { vMeasureScore } from 'fitwise';
 * vMeasureScore([0, 0, 1, 1], [0, 0, 1, 2]); // 0.8
 */
export function vMeasureScore(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: VMeasureOptions = {},
): number {
  return measure('vMeasureScore', labelsTrue, labelsPred, options).vMeasure;
}

function measure(
  metric: string,
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: VMeasureOptions,
): HomogeneityCompletenessVMeasure {
  const { beta } = readOptions(metric, options, { beta: 1 });
  checkNumber(metric, 'beta', beta, 'a finite number >= 0', value => value >= 0 && Number.isFinite(value));
  const pairs = countPairs(metric, labelsTrue, labelsPred);
  const information = mutualInformation(pairs);
  // A cluster in one pair only holds one class only; where that is so of all, the ratio is 1, but for rounding.
  const isPure = pairs.counts.length === pairs.columnSums.length;
  const isWhole = pairs.counts.length === pairs.rowSums.length;
  const homogeneity = isPure ? 1 : information / entropy(pairs.rowSums);
  const completeness = isWhole ? 1 : information / entropy(pairs.columnSums);
  const vMeasure =
    homogeneity + completeness === 0
      ? 0
      : ((1 + beta) * homogeneity * completeness) / (beta * homogeneity + completeness);
  return { homogeneity, completeness, vMeasure };
}
