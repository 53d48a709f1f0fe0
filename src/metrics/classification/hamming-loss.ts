import type { Label } from '../../check/index.ts';
import {
  agreeTargets,
  type ClassTargets,
  mean,
  readOptions,
  readWeights,
  type WeightOptions,
} from '../inputs/index.ts';

/**
 * The share of labels that are predicted wrongly: with one label per sample the share of wrong samples, with several
 * the share of wrong entries of the table. Time O(n labels).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1]
 * @throws InvalidInputError on empty, unequal or unlike targets, and on weights outside their rule
 *
 * @example
 * import { hammingLoss } from 'fitwise';
 * hammingLoss([[0, 1], [1, 1]], [[0, 0], [0, 0]]); // 0.75
 */
export function hammingLoss<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: WeightOptions = {},
): number {
  const metric = 'hammingLoss';
  const { sampleWeight } = readOptions(metric, options, { sampleWeight: undefined });
  const targets = agreeTargets(metric, yTrue, yPred);
  const weights = readWeights(metric, sampleWeight, targets.rows);
  const width = targets.kind === 'multilabel' ? targets.columns : 1;
  const wrong = new Float64Array(targets.rows);
  for (let i = 0, at = 0; i < targets.rows; i++) {
    for (let j = 0; j < width; j++, at++) wrong[i]! += targets.yTrue[at] === targets.yPred[at] ? 0 : 1 / width;
  }
  return mean(wrong, weights);
}
