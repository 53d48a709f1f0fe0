import type { Label } from '../../check/index.ts';
import { badInput, type LabelOption, readOptions } from '../inputs/index.ts';
import {
  type CurveOptions,
  countAtThresholds,
  prepend,
  readBinaryScores,
  type Scores,
  type ThresholdCounts,
  thin,
} from './thresholds.ts';

export interface DetCurveOptions<L extends Label> extends CurveOptions<L> {
  /** Leaves out thresholds at which no positive sample is won or lost. @default false */
  readonly dropIntermediate?: boolean;
}

/** The points of a detection error tradeoff, false positives falling. */
export interface DetCurve {
  readonly fpr: Float64Array;
  readonly fnr: Float64Array;
  /** Rising. */
  readonly thresholds: Float64Array;
}

/**
 * False negative against false positive rate at every threshold of the score, from the last point without false
 * negatives to the first without false positives. Time O(n log n) at most, one radix sort.
 *
 * @param yTrue labels of two classes, both of which occur
 * @param yScore n scores of the positive class
 * @returns lists of one value per point
 * @throws InvalidInputError on one class only, on labels without a natural positive, and on lists that are empty,
 * unequal or not finite
 *
 * @example
 * import { detCurve } from 'fitwise';
 * detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).fnr; // [0, 0.5, 0.5]
 */
export function detCurve<L extends Label>(
  yTrue: ArrayLike<L>,
  yScore: Scores,
  options: DetCurveOptions<LabelOption<L>> = {},
): DetCurve {
  const metric = 'detCurve';
  const { dropIntermediate, ...rest } = readOptions(metric, options as DetCurveOptions<L>, {
    posLabel: undefined,
    sampleWeight: undefined,
    dropIntermediate: false,
  });
  const counts = withOrigin(countAtThresholds(readBinaryScores<L>(metric, yTrue, yScore, rest)));
  const { fps, tps, thresholds } = dropIntermediate
    ? thin(counts, at => counts.tps[at] !== counts.tps[at - 1] || counts.tps[at + 1] !== counts.tps[at])
    : counts;
  const [negatives, positives] = [fps.at(-1)!, tps.at(-1)!];
  if (negatives === 0 || positives === 0) {
    throw badInput(metric, {
      rule: 'yTrue must hold both classes',
      received: negatives === 0 ? 'no negatives' : 'no positives',
    });
  }
  const first = fps.lastIndexOf(0);
  const last = tps.indexOf(positives) + 1;
  const part = (values: Float64Array) => values.slice(first, last).reverse();
  return {
    fpr: part(fps).map(fp => fp / negatives),
    fnr: part(tps).map(tp => (positives - tp) / positives),
    thresholds: part(thresholds),
  };
}

/** The point before the first: nothing is taken for positive. */
function withOrigin({ fps, tps, thresholds }: ThresholdCounts): ThresholdCounts {
  return { fps: prepend(0, fps), tps: prepend(0, tps), thresholds: prepend(Infinity, thresholds) };
}
