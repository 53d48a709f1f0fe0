import type { Work } from '../work/index.ts';
import { sumsAreExact } from './exact-sums.ts';
import { growInKernel, suitsKernel } from './grow-in-kernel.ts';
import { growPlainly } from './grow-plainly.ts';
import type { RankCodes } from './rank-codes.ts';
import type { TreeArrays } from './tree-arrays.ts';
import { TreeBuffer } from './tree-buffer.ts';

export type CriterionName = 'gini' | 'entropy' | 'log_loss' | 'squared_error' | 'absolute_error' | 'poisson';

/** What is learned from: shared by all trees of a forest. */
export interface TreeData {
  readonly ranks: RankCodes;
  /** rows × outputs; class codes, or numbers. */
  readonly y: Float64Array;
  readonly nOutputs: number;
  /** Number of classes of each output; 1 for regression. */
  readonly nClasses: Int32Array;
}

/** How a tree grows; all shares are already counts. */
export interface GrowthRules {
  readonly criterion: CriterionName;
  readonly splitter: 'best' | 'random';
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
  readonly maxFeatures: number;
  /** Grows best-first up to this many leaves; depth-first without bound where it is null. */
  readonly maxLeafNodes: number | null;
  readonly minImpurityDecrease: number;
  /** Sign per feature; for classes, of the share of the first class. */
  readonly monotonic: Int8Array | undefined;
}

/** All that the growth of one tree depends on. */
export interface TreeProblem {
  readonly data: TreeData;
  readonly rules: GrowthRules;
  readonly weights: Float64Array;
  readonly weightedTotal: number;
  /** Whether no order of summation matters. */
  readonly isExact: boolean;
  readonly seed: number;
}

/**
 * Grows one tree, node for node as scikit-learn 1.9.
 *
 * Cost: O(features × samples) per level where most features are looked at, and a radix sort of each feature drawn
 * otherwise; O(features × samples) memory in 4-byte integers, which trees of a forest share.
 *
 * Source: L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and Regression Trees" (1984).
 *
 * @param weights weight of each row, >= 0; rows of weight 0 take no part
 * @param seed state of the xorshift that draws features and thresholds
 */
export function* growTree(data: TreeData, rules: GrowthRules, weights: Float64Array, seed: number): Work<TreeArrays> {
  const { nOutputs, nClasses } = data;
  const isExact = sumsAreExact(data, rules.criterion, weights);
  const problem = { data, rules, weights, weightedTotal: sumOf(weights), isExact, seed };
  const tree = TreeBuffer.begin({ nFeatures: data.ranks.columns, nOutputs, nClasses });
  const grow = suitsKernel(problem) ? growInKernel : growPlainly;
  yield* grow(problem, tree);
  return tree.finish();
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
