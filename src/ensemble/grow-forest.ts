import { pairwiseSum } from '../array/index.ts';
import { InvalidInputError, warn } from '../errors/index.ts';
import { type Ground, leaseMemory, returnMemory } from '../kernels/index.ts';
import { countJobs, mapTasks, type Task } from '../parallel/index.ts';
import { RandomStream } from '../random/index.ts';
import { type GrowthRules, growTree, pruneTree, staysWithin, type TreeArrays, type TreeData } from '../tree/index.ts';
import type { Work } from '../work/index.ts';
import { balanceDraws } from './balance-draws.ts';
import { type Bootstrap, countDraws, drawRows } from './bootstrap.ts';
import { firstOf } from './packed-forest.ts';

/** What all trees of a forest share; plain, so that it crosses threads. */
export interface ForestPlan {
  readonly data: TreeData;
  readonly rules: GrowthRules;
  readonly ccpAlpha: number;
  /** How trees draw their samples; undefined where each takes all. */
  readonly bootstrap: Bootstrap | undefined;
  /** Weights of the samples where nothing is drawn. */
  readonly weights: Float64Array;
  /** Balance the classes of each tree's draws. */
  readonly balancesDraws: boolean;
}

/** Trees and the seeds that they were grown from. */
export interface Forest {
  readonly trees: readonly TreeArrays[];
  readonly seeds: readonly number[];
}

/** Grows the trees of some seeds. */
export const growTreesTask: Task<readonly number[], ForestPlan, readonly TreeArrays[]> = {
  id: 'ensemble/grow-trees',
  *run(seeds, plan) {
    const trees: TreeArrays[] = [];
    for (const seed of seeds) trees.push(yield* growOne(plan, seed));
    return trees;
  },
};

/** One stream gives a tree's draws, and again from its start the seed of its splits. */
function* growOne({ data, rules, ccpAlpha, bootstrap, weights, balancesDraws }: ForestPlan, seed: number) {
  const drawn = bootstrap === undefined ? undefined : drawRows(bootstrap, seed);
  const counts = drawn === undefined ? weights : countDraws(drawn, data.ranks.rows);
  const own = balancesDraws && drawn !== undefined ? balanceDraws(counts, drawn, data) : counts;
  const minWeightLeaf = rules.minWeightLeaf * pairwiseSum(own);
  const tree = yield* growTree(data, { ...rules, minWeightLeaf }, own, new RandomStream(seed).randint(0, 2 ** 31 - 1));
  return ccpAlpha > 0 ? pruneTree(tree, ccpAlpha) : tree;
}

export interface ForestSize {
  readonly nEstimators: number;
  readonly nJobs: number | null;
  /** The forest's class, for progress and sentences. */
  readonly source: string;
  readonly action: string;
}

/** Trees that need not be grown. */
export interface KnownTrees {
  /** A forest that is gone on from. */
  readonly previous: Forest | undefined;
  /** A forest of the same data and seed under a looser bound on the depth. */
  readonly looser: Forest | undefined;
}

/**
 * As `growForest`, with memory for trees that grow side by side beside the data that they share.
 *
 * @param makePlan encodes the data there
 */
export function* planAndGrow(
  makePlan: (ground: Ground) => Work<ForestPlan>,
  known: KnownTrees,
  random: RandomStream,
  size: ForestSize,
): Work<{ readonly forest: Forest; readonly bootstrap: Bootstrap | undefined }> {
  const lease = leaseMemory(size);
  try {
    const plan = yield* makePlan({ lease, jobs: Math.min(countJobs(size.nJobs), size.nEstimators) });
    return { forest: yield* growForest(plan, known, random, size), bootstrap: plan.bootstrap };
  } finally {
    returnMemory(lease);
  }
}

/**
 * Grows a forest up to `nEstimators` trees. Tree k depends on the k-th number of the stream alone, so forests of one
 * seed begin with the same trees, whatever their size and however many workers grow them.
 */
function* growForest(
  plan: ForestPlan,
  { previous, looser }: KnownTrees,
  random: RandomStream,
  size: ForestSize,
): Work<Forest> {
  const begun = previous?.trees.length ?? 0;
  const drawn = Array.from({ length: Math.max(size.nEstimators, begun) }, () => random.randint(0, 2 ** 31 - 1));
  if (previous !== undefined) checkGrowth(begun, size);
  const seeds = [...(previous?.seeds ?? []), ...drawn.slice(begun)];
  const known = seeds.map((seed, t) => previous?.trees[t] ?? treeWithin(looser, t, seed, plan.rules));
  const missing = seeds.filter((_, t) => known[t] === undefined);
  if (looser !== undefined && missing.length === 0) return { trees: firstOf(looser.trees, seeds.length), seeds };
  const grown = (yield* growTrees(plan, missing, size)).values();
  return { trees: known.map(tree => tree ?? grown.next().value!), seeds };
}

/** A tree of a forest with a looser bound, where it is the same under the tighter one. */
function treeWithin(looser: Forest | undefined, t: number, seed: number, rules: GrowthRules): TreeArrays | undefined {
  const tree = looser?.seeds[t] === seed ? looser.trees[t] : undefined;
  return tree !== undefined && staysWithin(tree, rules) ? tree : undefined;
}

function* growTrees(
  plan: ForestPlan,
  seeds: readonly number[],
  { nJobs, source }: ForestSize,
): Work<readonly TreeArrays[]> {
  const memory = plan.data.ranks.rooms?.memory;
  const batches = cutIntoBatches(seeds, Math.min(countJobs(nJobs), seeds.length));
  return (yield* mapTasks(growTreesTask, batches, { shared: plan, nJobs, label: source, memory })).flat();
}

/** Tasks that the workers would share what is left in, if all were of one size. */
const TASKS_PER_WORKER = 4;

/** Seeds cut into tasks, large ones first and single trees last, so that all workers end at about the same time. */
function cutIntoBatches(seeds: readonly number[], jobs: number): (readonly number[])[] {
  if (jobs <= 1) return seeds.map(seed => [seed]);
  const batches: (readonly number[])[] = [];
  for (let at = 0; at < seeds.length; at += batches.at(-1)!.length) {
    batches.push(seeds.slice(at, at + Math.ceil((seeds.length - at) / (TASKS_PER_WORKER * jobs))));
  }
  return batches;
}

function checkGrowth(begun: number, { nEstimators, source, action }: ForestSize): void {
  if (nEstimators < begun) {
    throw new InvalidInputError({
      action,
      rule: `nEstimators must be at least the number of trees of warmStartFrom (${begun})`,
      received: `${nEstimators}`,
    });
  }
  if (nEstimators > begun) return;
  warn({ kind: 'user', source, message: 'warmStartFrom has nEstimators trees already: none was grown' });
}
