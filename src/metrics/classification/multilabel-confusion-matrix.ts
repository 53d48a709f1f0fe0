import { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import {
  agreeTargets,
  type ClassTargets,
  type LabelOption,
  readOptions,
  readWeights,
  type WeightOptions,
} from '../inputs/index.ts';
import { countPerLabel, countPerSample } from './counts.ts';

export interface MultilabelConfusionMatrixOptions<L extends Label> extends WeightOptions {
  /** The labels to count, in their order. @default all, sorted */
  readonly labels?: readonly L[] | undefined;
  /** One matrix per sample instead of one per label; for indicator tables only. @default false */
  readonly samplewise?: boolean;
}

/**
 * A two-by-two confusion matrix `[[tn, fp], [fn, tp]]` for each label against all others. Time O(n labels).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns one 2 × 2 matrix per label, or per sample
 * @throws InvalidInputError on empty, unequal or unlike targets, and on weights or labels outside their rule
 *
 * @example
 * import { multilabelConfusionMatrix } from 'fitwise';
 * multilabelConfusionMatrix(['a', 'b', 'b'], ['a', 'b', 'a'])[1]?.toArray(); // [[1, 0], [1, 1]]
 */
export function multilabelConfusionMatrix<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: MultilabelConfusionMatrixOptions<LabelOption<L>> = {},
): Matrix[] {
  const metric = 'multilabelConfusionMatrix';
  const { labels, samplewise, sampleWeight } = readOptions(metric, options as MultilabelConfusionMatrixOptions<L>, {
    labels: undefined,
    samplewise: false,
    sampleWeight: undefined,
  });
  const targets = agreeTargets<L>(metric, yTrue, yPred);
  const weights = readWeights(metric, sampleWeight, targets.rows);
  const count = samplewise ? countPerSample : countPerLabel;
  const { tn, fp, fn, tp } = count(metric, targets, labels, weights);
  return Array.from(tn, (value, entry) =>
    Matrix.fromRows([
      [value, fp[entry]!],
      [fn[entry]!, tp[entry]!],
    ]),
  );
}
