import { XorShift } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import { AbsoluteError } from './absolute-error.ts';
import { growBestFirst } from './best-first.ts';
import type { Criterion, CriterionData } from './criterion.ts';
import { growDepthFirst } from './depth-first.ts';
import { Entropy } from './entropy.ts';
import { Gini } from './gini.ts';
import { NodeSamples } from './node-samples.ts';
import { PoissonDeviance } from './poisson-deviance.ts';
import type { RankCodes } from './rank-codes.ts';
import { BestSplitSearch, RandomSplitSearch, type SplitSearch } from './split-search.ts';
import { SquaredError } from './squared-error.ts';
import { type TreeArrays, TreeBuffer } from './tree-arrays.ts';

export type CriterionName = 'gini' | 'entropy' | 'log_loss' | 'squared_error' | 'absolute_error' | 'poisson';

const CRITERIA: Readonly<Record<CriterionName, new (data: CriterionData) => Criterion>> = {
  gini: Gini,
  entropy: Entropy,
  log_loss: Entropy,
  squared_error: SquaredError,
  absolute_error: AbsoluteError,
  poisson: PoissonDeviance,
};

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

/** What the two orders of growth work with. */
export interface Growth {
  readonly rules: GrowthRules;
  readonly samples: NodeSamples;
  readonly criterion: Criterion;
  readonly search: SplitSearch;
  readonly tree: TreeBuffer;
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
  const { ranks, y, nOutputs, nClasses } = data;
  const isExact = sumsAreExact(data, rules.criterion, weights);
  // Keeping all columns in order costs less than sorting the drawn ones from about half of them on.
  const presort = rules.splitter === 'best' && 2 * rules.maxFeatures >= ranks.columns;
  const samples = new NodeSamples(ranks, weights, { isExact, presort });
  const weightedTotal = sumOf(weights);
  const Criterion = CRITERIA[rules.criterion];
  const criterion = new Criterion({
    y,
    outputs: nOutputs,
    nClasses,
    weights,
    samples: samples.samples,
    weightedTotal,
    isExact,
  });
  const Search = rules.splitter === 'best' ? BestSplitSearch : RandomSplitSearch;
  const search = new Search(criterion, samples, rules, new XorShift(seed));
  const tree = new TreeBuffer({ nFeatures: ranks.columns, nOutputs, nClasses });
  const growth = { rules, samples, criterion, search, tree };
  yield* rules.maxLeafNodes === null ? growDepthFirst(growth) : growBestFirst(growth, rules.maxLeafNodes);
  return tree.finish();
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Whether every sum that the criterion forms, and its square, is a whole number below 2^53, whatever the order. */
function sumsAreExact({ y, nOutputs }: TreeData, criterion: CriterionName, weights: Float64Array): boolean {
  if (criterion === 'absolute_error') return false;
  const isClassification = criterion === 'gini' || criterion === 'entropy' || criterion === 'log_loss';
  let weight = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    if (!Number.isInteger(w)) return false;
    weight += w;
    if (isClassification) continue;
    for (let k = 0; k < nOutputs; k++) {
      const value = y[i * nOutputs + k]!;
      if (!Number.isInteger(value)) return false;
      squares += w * value * value;
    }
  }
  if (criterion === 'poisson') return false;
  return weight * weight < 2 ** 53 && squares < 2 ** 53;
}
