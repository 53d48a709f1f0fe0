import type { Label } from '../../check/index.ts';
import { type LabelOption, readOptions, warnUndefined } from '../inputs/index.ts';
import { type CurveOptions, corners, countAtThresholds, prepend, readBinaryScores, type Scores } from './thresholds.ts';

export interface RocCurveOptions<L extends Label> extends CurveOptions<L> {
  /** Leaves out points on a straight line between their neighbours. @default true */
  readonly dropIntermediate?: boolean;
}

/** The points of a receiver operating characteristic, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** The share of the negatives with a score >= the threshold. */
  readonly fpr: Float64Array;
  /** The share of the positives with a score >= the threshold. */
  readonly tpr: Float64Array;
  /** Falling; the first is Infinity: nothing is taken for positive. */
  readonly thresholds: Float64Array;
}

/**
 * True against false positive rate at every threshold of the score. Time O(n log n) at most, one radix sort.
 *
 * @param yTrue labels of two classes
 * @param yScore n scores of the positive class
 * @returns lists of one value per point; a rate without any sample of its class is NaN, with a warning
 * @throws InvalidInputError on labels without a natural positive, and on lists that are empty, unequal or not finite
 *
 * @example
 * import { rocCurve } from 'fitwise';
 * rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).fpr; // [0, 0, 0.5, 0.5, 1]
 */
export function rocCurve<L extends Label>(
  yTrue: ArrayLike<L>,
  yScore: Scores,
  options: RocCurveOptions<LabelOption<L>> = {},
): RocCurve {
  const metric = 'rocCurve';
  const { dropIntermediate, ...rest } = readOptions(metric, options as RocCurveOptions<L>, {
    posLabel: undefined,
    sampleWeight: undefined,
    dropIntermediate: true,
  });
  const all = countAtThresholds(readBinaryScores<L>(metric, yTrue, yScore, rest));
  const { fps, tps, thresholds } = dropIntermediate ? corners(all) : all;
  return {
    fpr: rates(metric, fps, 'negative'),
    tpr: rates(metric, tps, 'positive'),
    thresholds: prepend(Infinity, thresholds),
  };
}

function rates(metric: string, counts: Float64Array, side: string): Float64Array {
  const total = counts.at(-1)!;
  if (total > 0) return prepend(0, counts).map(count => count / total);
  warnUndefined(metric, `yTrue has no ${side} samples; their rate is NaN`);
  return new Float64Array(counts.length + 1).fill(Number.NaN);
}
