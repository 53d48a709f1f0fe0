import type { Label } from '../../check/index.ts';
import { type LabelOption, readOptions } from '../inputs/index.ts';
import { type CurveOptions, countAtThresholds, readBinaryScores, type Scores } from './thresholds.ts';

/** Numbers (or weights) of the four outcomes when scores >= the threshold are taken for positive. */
export interface OutcomesAtThresholds {
  readonly tns: Float64Array;
  readonly fps: Float64Array;
  readonly fns: Float64Array;
  readonly tps: Float64Array;
  /** The distinct scores, falling. */
  readonly thresholds: Float64Array;
}

/**
 * The four outcomes at every distinct score as the threshold. Time O(n log n) at most, one radix sort.
 *
 * @param yTrue labels of two classes
 * @param yScore n scores of the positive class
 * @returns lists of one value per distinct score, from the highest down
 * @throws InvalidInputError on labels without a natural positive, and on lists that are empty, unequal or not finite
 *
 * @example
 * import { confusionMatrixAtThresholds } from 'fitwise';
 * confusionMatrixAtThresholds([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).tps; // [1, 1, 2, 2]
 */
export function confusionMatrixAtThresholds<L extends Label>(
  yTrue: ArrayLike<L>,
  yScore: Scores,
  options: CurveOptions<LabelOption<L>> = {},
): OutcomesAtThresholds {
  const metric = 'confusionMatrixAtThresholds';
  const rules = readOptions(metric, options as CurveOptions<L>, { posLabel: undefined, sampleWeight: undefined });
  const { fps, tps, thresholds } = countAtThresholds(readBinaryScores<L>(metric, yTrue, yScore, rules));
  const [negatives, positives] = [fps.at(-1)!, tps.at(-1)!];
  return { tns: fps.map(fp => negatives - fp), fps, fns: tps.map(tp => positives - tp), tps, thresholds };
}
