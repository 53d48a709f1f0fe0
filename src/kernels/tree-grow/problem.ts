import type { RankTable } from './rank-table.ts';

/** What the kernel grows a tree from. */
export interface GrowthProblem {
  readonly table: RankTable;
  /** Class codes, at most {@link MAX_CLASSES} different ones, or numbers. */
  readonly y: Float64Array;
  /** Number of classes, at least 2; 1 for regression by squared error. */
  readonly nClasses: number;
  /** Weight of each row; rows of weight 0 take no part. For classes whole numbers up to {@link MAX_WEIGHT}. */
  readonly weights: Float64Array;
  readonly weightedTotal: number;
  /** Whether all sums are exact, so that their order does not matter; true for classes. */
  readonly isExact: boolean;
  readonly rules: KernelRules;
  /** State of the xorshift that draws features. */
  readonly seed: number;
}

/** How the tree grows; all shares are already counts. */
export interface KernelRules {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
  readonly maxFeatures: number;
  readonly minImpurityDecrease: number;
}

/** A row's class and weight share one word. */
export const MAX_CLASSES = 256;
export const MAX_WEIGHT = 2 ** 24 - 1;

/** Nodes in pre-order, as views that the next batch overwrites. */
export interface NodeBatch {
  readonly count: number;
  /** `wordsPerNode` each: 2 parent + is left, feature (-1 in leaves), ranks below and above the cut, samples, goes left. */
  readonly words: Int32Array;
  readonly wordsPerNode: number;
  /** `doublesPerNode` each, beginning at the fourth: impurity, weight, values (one per class). */
  readonly doubles: Float64Array;
  readonly doublesPerNode: number;
}

/** Doubles of a node before impurity, weight and values: its words lie there. */
export const DOUBLES_BEFORE = 3;

/** How many rows have positive weight. */
export function countPositive(weights: Float64Array): number {
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) count++;
  return count;
}

/** Those rows, ascending. */
export function fillPositive(weights: Float64Array, rows: Int32Array): void {
  for (let i = 0, at = 0; at < rows.length; i++) if (weights[i] !== 0) rows[at++] = i;
}

/** Each row's class and weight in one word. */
export function fillClassInfo({ y, weights }: GrowthProblem, info: Uint32Array): void {
  for (let i = 0; i < info.length; i++) info[i] = (weights[i]! << 8) | y[i]!;
}

/** Each row's weight and weighted target. */
export function fillTargetInfo({ y, weights }: GrowthProblem, info: Float64Array): void {
  for (let i = 0; i < weights.length; i++) {
    info[2 * i] = weights[i]!;
    info[2 * i + 1] = weights[i]! * y[i]!;
  }
}
