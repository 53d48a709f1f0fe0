import { XorShift } from '../random/index.ts';
import type { Work } from '../work/index.ts';
import { AbsoluteError } from './absolute-error.ts';
import { growBestFirst } from './best-first.ts';
import type { Criterion, CriterionData } from './criterion.ts';
import { growDepthFirst } from './depth-first.ts';
import { Entropy } from './entropy.ts';
import { Gini } from './gini.ts';
import type { CriterionName, GrowthRules, TreeProblem } from './grow-tree.ts';
import { NodeSamples } from './node-samples.ts';
import { PoissonDeviance } from './poisson-deviance.ts';
import { BestSplitSearch, RandomSplitSearch, type SplitSearch } from './split-search.ts';
import { SquaredError } from './squared-error.ts';
import type { TreeBuffer } from './tree-buffer.ts';

const CRITERIA: Readonly<Record<CriterionName, new (data: CriterionData) => Criterion>> = {
  gini: Gini,
  entropy: Entropy,
  log_loss: Entropy,
  squared_error: SquaredError,
  absolute_error: AbsoluteError,
  poisson: PoissonDeviance,
};

/** What the two orders of growth work with. */
export interface Growth {
  readonly rules: GrowthRules;
  readonly samples: NodeSamples;
  readonly criterion: Criterion;
  readonly search: SplitSearch;
  readonly tree: TreeBuffer;
}

/** Grows a tree of any kind into `tree`, in plain TypeScript: the definition of what the kernel does for some. */
export function* growPlainly(problem: TreeProblem, tree: TreeBuffer): Work<void> {
  const { data, rules, weights, weightedTotal, isExact, seed } = problem;
  const { ranks, y, nOutputs: outputs, nClasses } = data;
  const presort = ranks.order !== undefined;
  const samples = new NodeSamples(ranks, weights, { isExact, presort });
  const Criterion = CRITERIA[rules.criterion];
  const of = { samples: samples.samples, weights, weightedTotal, isExact };
  const criterion = new Criterion({ y, outputs, nClasses, ...of });
  const Search = rules.splitter === 'best' ? BestSplitSearch : RandomSplitSearch;
  const search = new Search(criterion, samples, rules, new XorShift(seed));
  const growth = { rules, samples, criterion, search, tree };
  yield* rules.maxLeafNodes === null ? growDepthFirst(growth) : growBestFirst(growth, rules.maxLeafNodes);
}
