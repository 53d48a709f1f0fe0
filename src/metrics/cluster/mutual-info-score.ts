import type { Label } from '../../check/index.ts';
import { checkOneOf, readOptions, type Table } from '../inputs/index.ts';
import { countPairs, pairsOfTable } from './contingency.ts';
import { AVERAGE_METHODS, type AverageMethod, averageEntropy, entropy, mutualInformation } from './entropy.ts';
import { checkCounts, expectedInformation } from './expected-mutual-information.ts';

export interface MutualInfoOptions {
  /** A contingency matrix to read instead of the labels. */
  readonly contingency?: Table | undefined;
}

export interface AdjustedMutualInfoOptions {
  /** How the entropies of the clusterings are averaged to normalise by. @default 'arithmetic' */
  readonly averageMethod?: AverageMethod;
}

/**
 * The mutual information of two clusterings in nats, `sum (n_ij / n) log (n n_ij / (a_i b_j))`. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number >= 0
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { mutualInfoScore } from 'fitwise';
 * mutualInfoScore([0, 1, 1, 0], [0, 1, 0, 0]); // 0.215...
 */
export function mutualInfoScore(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: MutualInfoOptions = {},
): number {
  const metric = 'mutualInfoScore';
  const { contingency } = readOptions(metric, options, { contingency: undefined });
  if (contingency !== undefined) return mutualInformation(pairsOfTable(checkCounts(metric, contingency)));
  return mutualInformation(countPairs(metric, labelsTrue, labelsPred));
}

/**
 * Mutual information as a share of the mean entropy of both clusterings; not adjusted for chance. Time O(n log n).
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number in [0, 1]
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { normalizedMutualInfoScore } from 'fitwise';
 * normalizedMutualInfoScore([0, 0, 1, 1], [1, 1, 0, 0]); // 1
 */
export function normalizedMutualInfoScore(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: AdjustedMutualInfoOptions = {},
): number {
  const metric = 'normalizedMutualInfoScore';
  const { averageMethod } = readOptions(metric, options, { averageMethod: 'arithmetic' });
  checkOneOf(metric, 'averageMethod', averageMethod, AVERAGE_METHODS);
  const pairs = countPairs(metric, labelsTrue, labelsPred);
  if (pairs.rowSums.length === 1 && pairs.columnSums.length === 1) return 1;
  const information = mutualInformation(pairs);
  if (information === 0) return 0;
  return information / averageEntropy(entropy(pairs.rowSums), entropy(pairs.columnSums), averageMethod);
}

/**
 * Mutual information less its expectation for random clusterings of the same sizes, scaled so that agreement is 1.
 * Time O(n log n + clusters n).
 *
 * Source: N. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings comparison", 2010.
 *
 * @param labelsTrue n labels
 * @param labelsPred n labels
 * @returns a number <= 1, 0 on average for random labels
 * @throws InvalidInputError on lists that are empty or unequal, and on labels that are missing or of mixed types
 *
 * @example
 * import { adjustedMutualInfoScore } from 'fitwise';
 * adjustedMutualInfoScore([0, 0, 1, 1], [0, 0, 1, 2]); // 0.571...
 */
export function adjustedMutualInfoScore(
  labelsTrue: ArrayLike<Label>,
  labelsPred: ArrayLike<Label>,
  options: AdjustedMutualInfoOptions = {},
): number {
  const metric = 'adjustedMutualInfoScore';
  const { averageMethod } = readOptions(metric, options, { averageMethod: 'arithmetic' });
  checkOneOf(metric, 'averageMethod', averageMethod, AVERAGE_METHODS);
  const pairs = countPairs(metric, labelsTrue, labelsPred);
  const [isOneTrue, isOnePredicted] = [pairs.rowSums.length === 1, pairs.columnSums.length === 1];
  if (isOneTrue || isOnePredicted) return isOneTrue && isOnePredicted ? 1 : 0;
  const expected = expectedInformation(pairs);
  const most = averageEntropy(entropy(pairs.rowSums), entropy(pairs.columnSums), averageMethod);
  return awayFromZero(mutualInformation(pairs) - expected) / awayFromZero(most - expected);
}

/** Keeps 0/0, of two clusterings without structure, at 1. */
function awayFromZero(value: number): number {
  return value < 0 ? Math.min(value, -Number.EPSILON) : Math.max(value, Number.EPSILON);
}
