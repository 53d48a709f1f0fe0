import type { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import {
  asList,
  badInput,
  badOption,
  type ClassTargets,
  checkLengths,
  checkNumber,
  checkOneOf,
  encodeTogether,
  isIndicator,
  type LabelOption,
  labelsOf,
  readIndicator,
  readOptions,
  readWeights,
  refuseContinuous,
  type Table,
  type WeightOptions,
} from '../inputs/index.ts';
import {
  averageLabels,
  type BinaryMetric,
  type PerLabel,
  RANKING_AVERAGES,
  type RankingAverage,
  readScoreTable,
} from './average-labels.ts';
import { columnsOfLabels } from './columns-of-labels.ts';
import { multiclassArea } from './multiclass-roc-area.ts';
import { rocArea } from './roc-area.ts';
import { markPositive } from './thresholds.ts';

export interface RocAucOptions<L extends Label, A extends RankingAverage | null> extends WeightOptions {
  /** How the areas of labels are averaged; null gives one per label. @default 'macro' */
  readonly average?: A;
  /** Stops at this false positive rate, in (0, 1], and standardises the area; for two classes only. @default null */
  readonly maxFpr?: number | null;
  /** For more than two classes: each against the rest, or each against each. @default 'raise' */
  readonly multiClass?: 'raise' | 'ovr' | 'ovo';
  /** All labels, sorted: the columns of `yScore`. For more than two classes only. */
  readonly labels?: readonly L[] | undefined;
}

const METRIC = 'rocAucScore';

/**
 * The area under the receiver operating characteristic: the chance that a positive sample scores above a negative one,
 * ties counting half. Time O(n log n) at most per label.
 *
 * More than two classes: `ovr` averages the areas of each class against the rest, `ovo` those of all pairs, each pair
 * seen from both sides. Scores are then probabilities, a column per sorted label.
 *
 * Sources: J. Hanley, B. McNeil, 1982; D. McClish, "Analyzing a portion of the ROC curve", 1989 (`maxFpr`);
 * D. Hand, R. Till, "A simple generalisation of the area under the ROC curve", 2001 (`ovo`).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yScore n scores of the greater label, or a table with a column per label
 * @returns a number in [0, 1], or one per label where `average` is null; NaN, with a warning, where one class is absent
 * @throws InvalidInputError on scores that are no probabilities, and on labels and columns that do not match
 * @throws InvalidParamError on `multiClass` 'raise' with more than two classes, and on an average it does not have
 *
 * @example
 * import { rocAucScore } from 'fitwise';
 * rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 */
export function rocAucScore<L extends Label, A extends RankingAverage | null = 'macro'>(
  yTrue: ClassTargets<L>,
  yScore: ArrayLike<number> | Table,
  options: RocAucOptions<LabelOption<L>, A> = {},
): PerLabel<A> {
  const rules = readOptions(METRIC, options as RocAucOptions<L, RankingAverage | null>, {
    average: 'macro',
    maxFpr: null,
    multiClass: 'raise',
    labels: undefined,
    sampleWeight: undefined,
  });
  checkOneOf(METRIC, 'average', rules.average, RANKING_AVERAGES);
  checkOneOf(METRIC, 'multiClass', rules.multiClass, ['raise', 'ovr', 'ovo']);
  checkNumber(METRIC, 'maxFpr', rules.maxFpr ?? 1, 'null or a number in (0, 1]', value => value > 0 && value <= 1);
  const scores = readScoreTable(METRIC, yScore);
  const areas = isIndicator(yTrue)
    ? averageLabels(METRIC, areaUpTo(rules.maxFpr), readIndicator(METRIC, 'yTrue', yTrue), scores, rules)
    : areaOfLabels(labelsOf(METRIC, 'yTrue', yTrue), scores, rules);
  return areas as PerLabel<A>;
}

interface Rules<L extends Label> extends WeightOptions {
  readonly average: RankingAverage | null;
  readonly maxFpr: number | null;
  readonly multiClass: 'raise' | 'ovr' | 'ovo';
  readonly labels: readonly L[] | undefined;
}

function areaUpTo(maxFpr: number | null): BinaryMetric {
  return scores => rocArea(METRIC, scores, maxFpr ?? 1);
}

function areaOfLabels<L extends Label>(yTrue: ArrayLike<L>, scores: Matrix, rules: Rules<L>): number | Float64Array {
  const list = asList(METRIC, 'yTrue', yTrue);
  checkLengths(METRIC, ['yTrue', 'yScore'], list.length, scores.rows);
  const { classes, codes } = encodeTogether(METRIC, [list]);
  refuseContinuous(METRIC, classes);
  if (classes.length > 2 || scores.columns > 2) {
    if ((rules.maxFpr ?? 1) !== 1) {
      throw badOption(METRIC, {
        rule: 'maxFpr must be null for more than two classes',
        received: String(rules.maxFpr),
      });
    }
    const truth = columnsOfLabels(METRIC, { classes, codes: codes[0]! }, rules.labels, scores.columns);
    return multiclassArea(METRIC, truth, scores, rules);
  }
  if (scores.columns > 1) {
    throw badInput(METRIC, {
      rule: 'yScore must have one score per sample for two classes',
      received: `${scores.columns} columns`,
      repair: 'pass the column of the greater label',
    });
  }
  const weights = readWeights(METRIC, rules.sampleWeight, list.length);
  const isPositive = markPositive(codes[0]!, 1);
  return areaUpTo(rules.maxFpr)({ isPositive, scores: scores.data, weights });
}
