import type { Label } from '../../check/index.ts';
import {
  agreeTargets,
  type ClassTargets,
  type LabelOption,
  mean,
  readOptions,
  readWeights,
  sum,
} from '../inputs/index.ts';
import {
  type Average,
  type Averaged,
  checkZeroDivision,
  countForAverage,
  divide,
  type SetScoreOptions,
} from './averages.ts';

/**
 * The size of the intersection of true and predicted labels over that of their union, tp / (tp + fp + fn).
 * Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1], or one per label where `average` is null
 * @throws InvalidInputError on unlike targets
 * @throws InvalidParamError on an average that does not fit them; `zeroDivision` is 'warn', 0 or 1
 *
 * @example
 * import { jaccardScore } from 'fitwise';
 * jaccardScore([0, 1, 1], [1, 1, 1]); // 0.666...
 */
export function jaccardScore<L extends Label, A extends Average | null = 'binary'>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: SetScoreOptions<LabelOption<L>, A> = {},
): Averaged<A> {
  const metric = 'jaccardScore';
  const { sampleWeight, ...rules } = readOptions(metric, options as SetScoreOptions<L, Average | null>, {
    labels: undefined,
    posLabel: undefined,
    average: 'binary',
    zeroDivision: 'warn',
    sampleWeight: undefined,
  });
  checkZeroDivision(metric, rules.zeroDivision, false);
  const targets = agreeTargets<L>(metric, yTrue, yPred);
  const weights = readWeights(metric, sampleWeight, targets.rows);
  const { fp, fn, tp } = countForAverage(metric, targets, rules, weights);
  const union = tp.map((value, entry) => value + fp[entry]! + fn[entry]!);
  const scores = divide(tp, union, 'the Jaccard score is undefined where nothing is true or predicted', {
    metric,
    zeroDivision: rules.zeroDivision,
  });
  if (rules.average === null) return scores as Averaged<A>;
  const support = tp.map((value, entry) => value + fn[entry]!);
  const by = rules.average === 'weighted' ? support : rules.average === 'samples' ? weights : undefined;
  return mean(scores, by === undefined || sum(by) === 0 ? undefined : by) as Averaged<A>;
}
