import { checkOptions, type Label } from '../../check/index.ts';
import {
  agreeTargets,
  type ClassTargets,
  checkNumber,
  type LabelOption,
  readOptions,
  readWeights,
} from '../inputs/index.ts';
import {
  type Average,
  type Averaged,
  averageDefined,
  checkZeroDivision,
  countForAverage,
  divide,
  type SetScoreOptions,
  type ZeroDivision,
} from './averages.ts';
import type { Counts } from './counts.ts';

/** Precision, recall, F and support per label, or their averages (which have no support). */
export interface PrecisionRecallFscoreSupport<A extends Average | null> {
  readonly precision: Averaged<A>;
  readonly recall: Averaged<A>;
  readonly fscore: Averaged<A>;
  /** Number (or weight) of the samples of each label; null where labels are averaged. */
  readonly support: A extends null ? Float64Array : null;
}

export interface FbetaOptions<L extends Label, A extends Average | null> extends SetScoreOptions<L, A> {
  /** Weight of recall against precision: 0 is precision alone, Infinity recall alone. @default 1 */
  readonly beta?: number;
}

/** One value per label or per sample. */
export interface ScoreParts {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly fscore: Float64Array;
  readonly support: Float64Array;
}

/** The scores that may warn when they are 0/0. */
export type Warned = 'precision' | 'recall' | 'fscore';

/**
 * Precision tp / (tp + fp), recall tp / (tp + fn), F (weighted harmonic mean of both) and support, in one pass.
 * Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns per label where `average` is null (the default), else averaged
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them
 *
 * @example
 * import { precisionRecallFscoreSupport } from 'fitwise';
 * precisionRecallFscoreSupport(['a', 'b', 'b'], ['a', 'a', 'b']).recall; // [1, 0.5]
 */
export function precisionRecallFscoreSupport<L extends Label, A extends Average | null = null>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: FbetaOptions<LabelOption<L>, A> = {},
): PrecisionRecallFscoreSupport<A> {
  const scores = score('precisionRecallFscoreSupport', yTrue, yPred, options as FbetaOptions<L, A>, null, [
    'precision',
    'recall',
    'fscore',
  ]);
  return scores as PrecisionRecallFscoreSupport<A>;
}

/**
 * The share of right ones among the predicted positives, tp / (tp + fp). Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1], or one per label where `average` is null
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them
 *
 * @example
 * import { precisionScore } from 'fitwise';
 * precisionScore(['ham', 'spam', 'spam'], ['spam', 'spam', 'spam'], { posLabel: 'spam' }); // 0.666...
 */
export function precisionScore<L extends Label, A extends Average | null = 'binary'>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: SetScoreOptions<LabelOption<L>, A> = {},
): Averaged<A> {
  return score(
    'precisionScore',
    yTrue,
    yPred,
    withoutBeta('precisionScore', options as SetScoreOptions<L, A>),
    'binary',
    ['precision'],
  ).precision as Averaged<A>;
}

/**
 * The share of the true positives that are predicted, tp / (tp + fn). Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1], or one per label where `average` is null
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them
 *
 * @example
 * import { recallScore } from 'fitwise';
 * recallScore([1, 1, 0, 1], [1, 0, 0, 1]); // 0.666...
 */
export function recallScore<L extends Label, A extends Average | null = 'binary'>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: SetScoreOptions<LabelOption<L>, A> = {},
): Averaged<A> {
  return score('recallScore', yTrue, yPred, withoutBeta('recallScore', options as SetScoreOptions<L, A>), 'binary', [
    'recall',
  ]).recall as Averaged<A>;
}

/**
 * The harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn). Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1], or one per label where `average` is null
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them
 *
 * @example
 * import { f1Score } from 'fitwise';
 * f1Score([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1], { average: 'macro' }); // 0.266...
 */
export function f1Score<L extends Label, A extends Average | null = 'binary'>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: SetScoreOptions<LabelOption<L>, A> = {},
): Averaged<A> {
  return score('f1Score', yTrue, yPred, withoutBeta('f1Score', options as SetScoreOptions<L, A>), 'binary', ['fscore'])
    .fscore as Averaged<A>;
}

/**
 * The weighted harmonic mean of precision and recall, (1 + b^2) tp / (b^2 (tp + fn) + tp + fp). Time O(n).
 *
 * Source: C. van Rijsbergen, "Information Retrieval", 1979, chapter 7. `beta` has no default, as in scikit-learn.
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1], or one per label where `average` is null
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them, and on a negative beta
 *
 * @example
 * import { fbetaScore } from 'fitwise';
 * fbetaScore([1, 1, 0, 1], [1, 0, 0, 1], { beta: 0.5 }); // 0.909...
 */
export function fbetaScore<L extends Label, A extends Average | null = 'binary'>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: FbetaOptions<LabelOption<L>, A> & { readonly beta: number },
): Averaged<A> {
  return score('fbetaScore', yTrue, yPred, options as FbetaOptions<L, A>, 'binary', ['fscore']).fscore as Averaged<A>;
}

const SET_OPTIONS = ['labels', 'posLabel', 'average', 'zeroDivision', 'sampleWeight'];

/** @throws InvalidParamError on a beta among the options of a score that has none. */
function withoutBeta<O extends object>(metric: string, options: O): O {
  checkOptions(options, SET_OPTIONS, `compute ${metric}`);
  return options;
}

interface Scores {
  readonly precision: number | Float64Array;
  readonly recall: number | Float64Array;
  readonly fscore: number | Float64Array;
  readonly support: Float64Array | null;
}

function score<L extends Label, A extends Average | null>(
  metric: string,
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: FbetaOptions<L, A>,
  average: Average | null,
  warned: readonly Warned[],
): Scores {
  const { beta, sampleWeight, ...rules } = readOptions(metric, options as FbetaOptions<L, Average | null>, {
    beta: 1,
    labels: undefined,
    posLabel: undefined,
    average,
    zeroDivision: 'warn',
    sampleWeight: undefined,
  });
  checkNumber(metric, 'beta', beta, 'a number >= 0', number => number >= 0);
  checkZeroDivision(metric, rules.zeroDivision);
  const targets = agreeTargets<L>(metric, yTrue, yPred);
  const weights = readWeights(metric, sampleWeight, targets.rows);
  const counts = countForAverage(metric, targets, rules, weights);
  const parts = scoreParts(counts, { metric, beta, zeroDivision: rules.zeroDivision, warned });
  return rules.average === null ? parts : { ...averageParts(parts, rules.average, weights), support: null };
}

/** How the parts of a score are computed. */
export interface PartRules {
  readonly metric: string;
  readonly beta: number;
  readonly zeroDivision: ZeroDivision;
  readonly warned: readonly Warned[];
}

/** Precision, recall and F of each entry of the counts. */
export function scoreParts({ fp, fn, tp }: Counts, { metric, beta, zeroDivision, warned }: PartRules): ScoreParts {
  const report = (part: Warned) => ({
    metric,
    zeroDivision: zeroDivision === 'warn' && !warned.includes(part) ? (0 as const) : zeroDivision,
  });
  const predicted = tp.map((value, entry) => value + fp[entry]!);
  const support = tp.map((value, entry) => value + fn[entry]!);
  const precision = divide(tp, predicted, 'precision is undefined where nothing is predicted', report('precision'));
  const recall = divide(tp, support, 'recall is undefined where nothing is true', report('recall'));
  if (beta === 0) return { precision, recall, fscore: precision, support };
  const square = beta * beta;
  if (square === Infinity) return { precision, recall, fscore: recall, support };
  const fscore = divide(
    tp.map(value => (1 + square) * value),
    predicted.map((value, entry) => square * support[entry]! + value),
    'the F-score is undefined where nothing is true or predicted',
    report('fscore'),
  );
  return { precision, recall, fscore, support };
}

/** One number for each part; `weights` are those of the samples. */
export function averageParts(
  { precision, recall, fscore, support }: ScoreParts,
  average: Average,
  weights: Float64Array | undefined,
): { readonly precision: number; readonly recall: number; readonly fscore: number } {
  const by = average === 'weighted' ? support : average === 'samples' ? weights : undefined;
  return {
    precision: averageDefined(precision, by),
    recall: averageDefined(recall, by),
    fscore: averageDefined(fscore, by),
  };
}
