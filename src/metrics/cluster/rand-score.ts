/** Agreement of two clusterings by the pairs of samples that they put together or apart. */
import { Matrix } from '../../array/index.ts';
import type { Label } from '../../check/index.ts';
import { sum } from '../inputs/index.ts';
import { countPairs } from './contingency.ts';

/**
 * Ordered pairs of samples by whether the clusterings put them apart (0) or together (1): rows for the true one,
 * columns for the predicted one. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns 2 × 2 counts, n (n - 1) in all
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { pairConfusionMatrix } from 'fitwise';
 * pairConfusionMatrix([0, 0, 1, 1], [0, 0, 1, 2]).toArray(); // [[8, 0], [2, 2]]
 */
export function pairConfusionMatrix(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): Matrix {
  return confusePairs('pairConfusionMatrix', labelsTrue, labelsPred);
}

/**
 * The share of pairs of samples on which both clusterings agree, together or apart. Time O(n log n).
 *
 * Source: W. Rand, "Objective criteria for the evaluation of clustering methods", 1971.
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { randScore } from 'fitwise';
 * randScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.833...
 */
export function randScore(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): number {
  const pairs = confusePairs('randScore', labelsTrue, labelsPred);
  const agreeing = pairs.get(0, 0) + pairs.get(1, 1);
  const total = sum(pairs.data);
  return agreeing === total ? 1 : agreeing / total;
}

/**
 * The Rand index less its expectation for random clusterings of the same sizes, scaled so that agreement is 1.
 * Time O(n log n).
 *
 * Source: L. Hubert, P. Arabie, "Comparing partitions", 1985.
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [-0.5, 1], 0 on average for random labels
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { adjustedRandScore } from 'fitwise';
 * adjustedRandScore([0, 0, 1, 1], [0, 0, 1, 2]); // 0.571...
 */
export function adjustedRandScore(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): number {
  const [tn, fp, fn, tp] = outcomes(confusePairs('adjustedRandScore', labelsTrue, labelsPred));
  if (fn === 0 && fp === 0) return 1;
  // The products pass 2^53 from ten thousand samples on, and their difference cancels.
  const [trueNo, falseYes, falseNo, trueYes] = [BigInt(tn), BigInt(fp), BigInt(fn), BigInt(tp)];
  const gain = 2n * (trueYes * trueNo - falseNo * falseYes);
  const most = (trueYes + falseNo) * (falseNo + trueNo) + (trueYes + falseYes) * (falseYes + trueNo);
  return Number(gain) / Number(most);
}

/**
 * The geometric mean of precision and recall over pairs of samples that are put together. Time O(n log n).
 *
 * Source: E. Fowlkes, C. Mallows, "A method for comparing two hierarchical clusterings", 1983.
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { fowlkesMallowsScore } from 'fitwise';
 * fowlkesMallowsScore([0, 0, 1, 1], [0, 0, 0, 1]); // 0.408...
 */
export function fowlkesMallowsScore(labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): number {
  const [, fp, fn, tp] = outcomes(confusePairs('fowlkesMallowsScore', labelsTrue, labelsPred));
  return tp === 0 ? 0 : Math.sqrt(tp / (tp + fp)) * Math.sqrt(tp / (tp + fn));
}

/** `[tn, fp, fn, tp]` of a 2 × 2 matrix. */
function outcomes(pairs: Matrix): readonly [number, number, number, number] {
  return [pairs.get(0, 0), pairs.get(0, 1), pairs.get(1, 0), pairs.get(1, 1)];
}

function confusePairs(metric: string, labelsTrue: ArrayLike<Label>, labelsPred: ArrayLike<Label>): Matrix {
  const { samples, rows, columns, counts, rowSums, columnSums } = countPairs(metric, labelsTrue, labelsPred);
  const squares = sum(counts.map(count => count * count));
  const together = squares - samples;
  const onlyPredicted = sum(counts.map((count, k) => count * columnSums[columns[k]!]!)) - squares;
  const onlyTrue = sum(counts.map((count, k) => count * rowSums[rows[k]!]!)) - squares;
  const apart = samples * samples - onlyPredicted - onlyTrue - squares;
  return new Matrix(Float64Array.of(apart, onlyPredicted, onlyTrue, together), 2, 2);
}
