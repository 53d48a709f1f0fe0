import { parentsOf } from './decision-path.ts';
import { EPSILON } from './depth-first.ts';
import type { GrowthRules } from './grow-tree.ts';
import type { TreeArrays } from './tree-arrays.ts';

/**
 * Whether a tree that was grown under a looser bound on its depth, or none, is the one that grows from the same seed
 * under these rules. It is where no node at the bound was searched for a split: a search draws features even if it
 * finds nothing, and all nodes after it would draw others.
 */
export function staysWithin(
  tree: TreeArrays,
  { maxDepth, minSamplesSplit }: Pick<GrowthRules, 'maxDepth' | 'minSamplesSplit'>,
): boolean {
  if (tree.maxDepth !== maxDepth) return tree.maxDepth < maxDepth;
  const { impurity, nNodeSamples } = tree;
  const isUnsearched = (node: number) => impurity[node]! <= EPSILON || nNodeSamples[node]! < minSamplesSplit;
  return depthsOf(tree).every((depth, node) => depth < maxDepth || isUnsearched(node));
}

/** The number of splits above each node. */
function depthsOf(tree: TreeArrays): Int32Array {
  const parent = parentsOf(tree);
  const depth = new Int32Array(tree.nodeCount);
  // Children have higher numbers than their parents.
  for (let node = 1; node < depth.length; node++) depth[node] = depth[parent[node]!]! + 1;
  return depth;
}
