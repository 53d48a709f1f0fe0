import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badInput, badOption, type LabelOption, readOptions, warnUndefined } from '../inputs/index.ts';
import { type ConfusionOptions, countConfusion } from './confusion-matrix.ts';

/** How much a positive, and a negative, prediction changes the odds that a sample is positive. */
export interface LikelihoodRatios {
  /** Sensitivity / (1 - specificity), 1 or more for a useful classifier. */
  readonly positive: number;
  /** (1 - sensitivity) / specificity, 0 to 1 for a useful classifier. */
  readonly negative: number;
}

export interface ClassLikelihoodRatiosOptions<L extends Label> extends ConfusionOptions<L> {
  /** What stands for a ratio that is 0/0: NaN, 1 for both, or one value for each. @default NaN */
  readonly replaceUndefinedBy?: number | LikelihoodRatios;
}

/**
 * The likelihood ratios of a two-class prediction, which do not depend on how frequent the classes are. Time O(n).
 *
 * @param yTrue labels of two classes; the greater one, or the second of `labels`, is positive
 * @param yPred labels of the same type
 * @throws InvalidInputError unless there are exactly two labels
 * @throws InvalidParamError unless replacements are NaN, or >= 1 (positive) and in [0, 1] (negative)
 *
 * @example
 * import { classLikelihoodRatios } from 'fitwise';
 * classLikelihoodRatios([0, 1, 0, 1, 0], [1, 1, 0, 0, 0]).positive; // 1.5
 */
export function classLikelihoodRatios<L extends Label>(
  yTrue: ArrayLike<L>,
  yPred: ArrayLike<L>,
  options: ClassLikelihoodRatiosOptions<LabelOption<L>> = {},
): LikelihoodRatios {
  const metric = 'classLikelihoodRatios';
  const { replaceUndefinedBy, ...rest } = readOptions(metric, options as ClassLikelihoodRatiosOptions<L>, {
    labels: undefined,
    sampleWeight: undefined,
    replaceUndefinedBy: Number.NaN,
  });
  const replacement = readReplacement(metric, replaceUndefinedBy);
  const counts = countConfusion(metric, yTrue, yPred, rest);
  if (counts.rows !== 2) {
    throw badInput(metric, { rule: 'yTrue and yPred must hold exactly two labels', received: `${counts.rows}` });
  }
  const [tn, fp, fn, tp] = [counts.get(0, 0), counts.get(0, 1), counts.get(1, 0), counts.get(1, 1)];
  const [positives, negatives] = [tp + fn, tn + fp];
  if (positives === 0) warnUndefined(metric, 'yTrue has no positive samples; both ratios are undefined');
  else if (fp === 0) warnUndefined(metric, 'no sample is predicted positive wrongly; the positive ratio is undefined');
  if (tn === 0) warnUndefined(metric, 'no negative sample is predicted; the negative ratio is undefined');
  return {
    positive: fp === 0 ? replacement.positive : (tp * negatives) / (fp * positives),
    negative: tn === 0 ? replacement.negative : (fn * negatives) / (tn * positives),
  };
}

function readReplacement(metric: string, given: number | LikelihoodRatios): LikelihoodRatios {
  const { positive, negative } = typeof given === 'number' ? { positive: given, negative: given } : { ...given };
  const areNumbers = typeof positive === 'number' && typeof negative === 'number';
  const isPositive = typeof given !== 'number' || given === 1 || Number.isNaN(given);
  if (areNumbers && isPositive && !(positive < 1) && !(negative < 0) && !(negative > 1)) return { positive, negative };
  throw badOption(metric, {
    rule: 'replaceUndefinedBy must be NaN, 1, or { positive, negative } with positive >= 1 and negative in [0, 1], or NaN',
    received: typeof given === 'number' ? show(given) : `{ positive: ${show(positive)}, negative: ${show(negative)} }`,
  });
}
