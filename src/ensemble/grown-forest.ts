import { isGenerator, type Seed } from '../random/index.ts';
import { checkTree, type TreeArrays } from '../tree/index.ts';
import type { Bootstrap } from './bootstrap.ts';
import type { Forest } from './grow-forest.ts';
import { firstOf } from './packed-forest.ts';

/** What forests of both kinds keep besides their trees. */
export interface GrownForest extends Forest {
  /** How the trees drew their samples; undefined where each took all. */
  readonly bootstrap: Bootstrap | undefined;
  /** Number of training samples. */
  readonly rows: number;
}

/** @throws InvalidFileError if a tree of a loaded forest is not whole. */
export function checkTrees(trees: readonly TreeArrays[]): void {
  trees.forEach(checkTree);
}

/** Whether a forest of fewer trees is the beginning of this one: not where generators are drawn from, or trees judged. */
export function isNested({
  oobScore,
  randomState,
}: {
  readonly oobScore: boolean;
  readonly randomState: Seed;
}): boolean {
  return !oobScore && !isGenerator(randomState);
}

/** The forest of the first trees. */
export function firstTrees({ trees, seeds }: Forest, count: number): Forest {
  return { trees: firstOf(trees, count), seeds: seeds.slice(0, count) };
}
