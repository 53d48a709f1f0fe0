import type { Label } from '../../check/index.ts';
import {
  type AgreedTargets,
  agreeTargets,
  type ClassTargets,
  readOptions,
  readWeights,
  sum,
  type WeightOptions,
  weightedSum,
} from '../inputs/index.ts';

export interface AccuracyOptions extends WeightOptions {
  /** The share of the samples instead of their number (or weight). @default true */
  readonly normalize?: boolean;
}

const DEFAULTS = { normalize: true, sampleWeight: undefined };

/**
 * The share of samples whose label, or whole set of labels, is predicted exactly. Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1]; with `normalize: false` the number (or weight) of right samples
 * @throws InvalidInputError on empty, unequal or unlike targets, and on weights outside their rule
 *
 * @example
 * import { accuracyScore } from 'fitwise';
 * accuracyScore([0, 1, 2, 3], [0, 2, 1, 3]); // 0.5
 */
export function accuracyScore<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: AccuracyOptions = {},
): number {
  const { right, total } = countRight('accuracyScore', yTrue, yPred, options);
  return options.normalize === false ? right : right / total;
}

/**
 * The share of samples that are not predicted exactly: `1 - accuracyScore`. Time O(n).
 *
 * @param yTrue labels, or an indicator table of 0 and 1
 * @param yPred as `yTrue`
 * @returns a number in [0, 1]; with `normalize: false` the number (or weight) of wrong samples
 * @throws InvalidInputError on empty, unequal or unlike targets, and on weights outside their rule
 *
 * @example
 * import { zeroOneLoss } from 'fitwise';
 * zeroOneLoss(['cat', 'dog', 'dog', 'cat'], ['cat', 'dog', 'cat', 'cat']); // 0.25
 */
export function zeroOneLoss<L extends Label>(
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: AccuracyOptions = {},
): number {
  const { right, total } = countRight('zeroOneLoss', yTrue, yPred, options);
  return options.normalize === false ? total - right : 1 - right / total;
}

function countRight<L extends Label>(
  metric: string,
  yTrue: ClassTargets<L>,
  yPred: ClassTargets<L>,
  options: AccuracyOptions,
): { right: number; total: number } {
  const { sampleWeight } = readOptions(metric, options, DEFAULTS);
  const targets = agreeTargets(metric, yTrue, yPred);
  const weights = readWeights(metric, sampleWeight, targets.rows);
  return {
    right: weightedSum(agreement(targets), weights),
    total: weights === undefined ? targets.rows : sum(weights),
  };
}

/** 1 for each sample whose labels are all predicted, 0 for the others. */
function agreement<L extends Label>({ rows, yTrue, yPred, ...rest }: AgreedTargets<L>): Uint8Array {
  const width = rest.kind === 'multilabel' ? rest.columns : 1;
  const agrees = new Uint8Array(rows).fill(1);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < width; j++, at++) {
      if (yTrue[at] !== yPred[at]) agrees[i] = 0;
    }
  }
  return agrees;
}
