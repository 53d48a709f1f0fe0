import type { Label } from '../../check/index.ts';
import { type LabelOption, readOptions, warnUser } from '../inputs/index.ts';
import {
  append,
  type CurveOptions,
  countAtThresholds,
  readBinaryScores,
  type Scores,
  type ThresholdCounts,
  thin,
} from './thresholds.ts';

export interface PrecisionRecallCurveOptions<L extends Label> extends CurveOptions<L> {
  /** Leaves out thresholds at which no positive sample is won or lost. @default false */
  readonly dropIntermediate?: boolean;
}

/** The points of a precision-recall curve, recall falling; the last is (recall 0, precision 1), without a threshold. */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Rising, one fewer than the points. */
  readonly thresholds: Float64Array;
}

/**
 * Precision against recall at every threshold of the score. Time O(n log n) at most, one radix sort.
 *
 * @param yTrue labels of two classes
 * @param yScore n scores of the positive class
 * @returns lists of one value per point; recall is 1 everywhere, with a warning, where there is no positive sample
 * @throws InvalidInputError on labels without a natural positive, and on lists that are empty, unequal or not finite
 *
 * @example
 * import { precisionRecallCurve } from 'fitwise';
 * precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).recall; // [1, 1, 0.5, 0.5, 0]
 */
export function precisionRecallCurve<L extends Label>(
  yTrue: ArrayLike<L>,
  yScore: Scores,
  options: PrecisionRecallCurveOptions<LabelOption<L>> = {},
): PrecisionRecallCurve {
  const metric = 'precisionRecallCurve';
  const { dropIntermediate, ...rest } = readOptions(metric, options as PrecisionRecallCurveOptions<L>, {
    posLabel: undefined,
    sampleWeight: undefined,
    dropIntermediate: false,
  });
  const all = countAtThresholds(readBinaryScores<L>(metric, yTrue, yScore, rest));
  const changes = ({ tps }: ThresholdCounts, at: number) => tps[at] !== tps[at - 1] || tps[at + 1] !== tps[at];
  const { fps, tps, thresholds } = dropIntermediate ? thin(all, point => changes(all, point)) : all;
  const positives = tps.at(-1)!;
  if (positives === 0) warnUser(metric, 'yTrue has no positive samples; recall is set to 1 everywhere');
  const precision = tps.map((tp, point) => tp / (tp + fps[point]!));
  const recall = tps.map(tp => (positives === 0 ? 1 : tp / positives));
  return {
    precision: append(precision.reverse(), 1),
    recall: append(recall.reverse(), 0),
    thresholds: thresholds.reverse(),
  };
}
