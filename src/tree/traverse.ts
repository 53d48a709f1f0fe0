import { CsrMatrix, type Matrix } from '../array/index.ts';
import { isLeaf, type TreeArrays } from './tree-arrays.ts';

/** The leaf that each row in [from, to) ends in. Values are compared in single precision. */
export function applyTree(tree: TreeArrays, X: Matrix, from = 0, to = X.rows): Int32Array {
  const { childrenLeft, childrenRight, feature, threshold, missingGoToLeft } = tree;
  const { data, columns } = X;
  const leaves = new Int32Array(to - from);
  for (let i = from; i < to; i++) {
    let node = 0;
    while (childrenLeft[node]! >= 0) {
      const value = Math.fround(data[i * columns + feature[node]!]!);
      // A missing value is not equal to itself.
      const goesLeft = value <= threshold[node]! || (value !== value && missingGoToLeft[node] === 1);
      node = goesLeft ? childrenLeft[node]! : childrenRight[node]!;
    }
    leaves[i - from] = node;
  }
  return leaves;
}

/** Which nodes each row passes on its way from the root to its leaf: rows × nodes, ones where it does. */
export function decisionPathOf(tree: TreeArrays, X: Matrix): CsrMatrix {
  const parent = new Int32Array(tree.nodeCount).fill(-1);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (isLeaf(tree, node)) continue;
    parent[tree.childrenLeft[node]!] = node;
    parent[tree.childrenRight[node]!] = node;
  }
  const leaves = applyTree(tree, X);
  const indptr = new Int32Array(X.rows + 1);
  for (let i = 0; i < X.rows; i++) {
    let length = 0;
    for (let node = leaves[i]!; node >= 0; node = parent[node]!) length++;
    indptr[i + 1] = indptr[i]! + length;
  }
  const indices = new Int32Array(indptr[X.rows]!);
  for (let i = 0; i < X.rows; i++) {
    // Children have higher numbers than their parents, so a path ascends.
    for (let node = leaves[i]!, at = indptr[i + 1]! - 1; node >= 0; node = parent[node]!, at--) indices[at] = node;
  }
  return new CsrMatrix(new Float64Array(indices.length).fill(1), indices, indptr, X.rows, tree.nodeCount);
}

/**
 * Total weighted decrease of impurity by the splits on each feature, as shares of the whole (all 0 where nothing was
 * split).
 */
export function treeImportances(tree: TreeArrays): Float64Array {
  const { impurity, weightedNNodeSamples } = tree;
  const importances = new Float64Array(tree.nFeatures);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (isLeaf(tree, node)) continue;
    const left = tree.childrenLeft[node]!;
    const right = tree.childrenRight[node]!;
    importances[tree.feature[node]!]! +=
      weightedNNodeSamples[node]! * impurity[node]! -
      weightedNNodeSamples[left]! * impurity[left]! -
      weightedNNodeSamples[right]! * impurity[right]!;
  }
  for (let j = 0; j < importances.length; j++) importances[j]! /= weightedNNodeSamples[0]!;
  const sum = importances.reduce((total, value) => total + value, 0);
  return sum > 0 ? importances.map(value => value / sum) : importances;
}
