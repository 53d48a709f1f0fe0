import type { Label } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import {
  asList,
  badInput,
  badOption,
  type ClassTargets,
  checkLengths,
  checkOneOf,
  encodeTogether,
  isIndicator,
  type LabelOption,
  labelsOf,
  readIndicator,
  readOptions,
  readWeights,
  refuseContinuous,
  sum,
  type Table,
  type WeightOptions,
  warnUser,
} from '../inputs/index.ts';
import {
  averageLabels,
  oneHot,
  type PerLabel,
  RANKING_AVERAGES,
  type RankingAverage,
  readScoreTable,
} from './average-labels.ts';
import { type BinaryScores, countAtThresholds, markPositive } from './thresholds.ts';

export interface AveragePrecisionOptions<L extends Label, A extends RankingAverage | null> extends WeightOptions {
  /** How the scores of labels are averaged; null gives one per label. @default 'macro' */
  readonly average?: A;
  /** The positive label of two; fixed for more. @default 1, or true for boolean labels */
  readonly posLabel?: L | undefined;
}

const METRIC = 'averagePrecisionScore';

/**
 * The mean of the precisions at each threshold, weighted by the gain of recall there: `sum (R_k - R_(k-1)) P_k`,
 * without interpolation. Time O(n log n) at most per label.
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yScore n scores of the positive label, or a table with a column per sorted label
 * @returns a number in [0, 1], or one per label where `average` is null; 0, with a warning, without positive samples
 * @throws InvalidInputError on labels and columns that do not match
 * @throws InvalidParamError on a `posLabel` with more than two labels
 *
 * @example
 * import { averagePrecisionScore } from 'fitwise';
 * averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.833...
 */
export function averagePrecisionScore<L extends Label, A extends RankingAverage | null = 'macro'>(
  yTrue: ClassTargets<L>,
  yScore: ArrayLike<number> | Table,
  options: AveragePrecisionOptions<LabelOption<L>, A> = {},
): PerLabel<A> {
  const rules = readOptions(METRIC, options as AveragePrecisionOptions<L, RankingAverage | null>, {
    average: 'macro',
    posLabel: undefined,
    sampleWeight: undefined,
  });
  checkOneOf(METRIC, 'average', rules.average, RANKING_AVERAGES);
  const scores = readScoreTable(METRIC, yScore);
  if (isIndicator(yTrue)) {
    refusePosLabel(rules.posLabel);
    const indicator = readIndicator(METRIC, 'yTrue', yTrue);
    return averageLabels(METRIC, averagePrecision, indicator, scores, rules) as PerLabel<A>;
  }
  const list = asList(METRIC, 'yTrue', labelsOf(METRIC, 'yTrue', yTrue));
  checkLengths(METRIC, ['yTrue', 'yScore'], list.length, scores.rows);
  const { classes, codes } = encodeTogether(METRIC, [list]);
  refuseContinuous(METRIC, classes);
  if (classes.length > 2) {
    refusePosLabel(rules.posLabel);
    const indicator = oneHot(codes[0]!, classes.length);
    return averageLabels(METRIC, averagePrecision, indicator, scores, rules) as PerLabel<A>;
  }
  if (scores.columns > 1) {
    throw badInput(METRIC, {
      rule: 'yScore must have one score per sample for two classes',
      received: `${scores.columns} columns`,
    });
  }
  const positive = classes.indexOf(positiveLabel(classes, rules.posLabel));
  const isPositive = markPositive(codes[0]!, positive);
  const weights = readWeights(METRIC, rules.sampleWeight, list.length);
  return averagePrecision({ isPositive, scores: scores.data, weights }) as PerLabel<A>;
}

function refusePosLabel(posLabel: Label | undefined): void {
  if (posLabel === undefined || posLabel === 1) return;
  throw badOption(METRIC, { rule: 'posLabel must be absent for more than two labels', received: show(posLabel) });
}

function positiveLabel<L extends Label>(classes: readonly L[], posLabel: L | undefined): L {
  const positive = posLabel ?? ((typeof classes[0] === 'boolean' ? true : 1) as L);
  if (classes.includes(positive) || (classes.length < 2 && typeof classes[0] === typeof positive)) return positive;
  throw badInput(METRIC, { rule: `posLabel must be one of ${show(classes)}`, received: show(positive) });
}

function averagePrecision(binary: BinaryScores): number {
  const { fps, tps } = countAtThresholds(binary);
  const positives = tps.at(-1)!;
  if (positives === 0) {
    warnUser(METRIC, 'yTrue has no positive samples; the score is 0');
    return 0;
  }
  const gains = tps.map((tp, k) => (tp / positives - (tps[k - 1] ?? 0) / positives) * (tp / (tp + fps[k]!)));
  // From the lowest threshold up, as the points of scikit-learn's curve run.
  return sum(gains.reverse());
}
