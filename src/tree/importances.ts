import { isLeaf, type TreeArrays } from './tree-arrays.ts';

/**
 * Total weighted decrease of impurity by the splits on each feature, as shares of the whole (all 0 where nothing was
 * split).
 */
export function treeImportances(tree: TreeArrays): Float64Array {
  const { impurity, weightedNNodeSamples: weight } = tree;
  const importances = new Float64Array(tree.nFeatures);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (isLeaf(tree, node)) continue;
    const left = tree.childrenLeft[node]!;
    const right = tree.childrenRight[node]!;
    importances[tree.feature[node]!]! +=
      weight[node]! * impurity[node]! - weight[left]! * impurity[left]! - weight[right]! * impurity[right]!;
  }
  for (let j = 0; j < importances.length; j++) importances[j]! /= weight[0]!;
  const sum = importances.reduce((total, value) => total + value, 0);
  return sum > 0 ? importances.map(value => value / sum) : importances;
}
