import { MAX_OPS, type Work } from '../work/index.ts';
import type { SingleMatrix } from './single-matrix.ts';
import type { TreeArrays } from './tree-arrays.ts';

/** The leaf that a row ends in. */
export function applyTree(tree: TreeArrays, X: SingleMatrix, row: number): number {
  const { childrenLeft, childrenRight, feature, threshold, missingGoToLeft } = tree;
  const { data } = X;
  const base = row * X.columns;
  let node = 0;
  for (let left = childrenLeft[0]!; left >= 0; left = childrenLeft[node]!) {
    const value = data[base + feature[node]!]!;
    // A missing value is on neither side of a threshold.
    const goesLeft = value <= threshold[node]! || (missingGoToLeft[node] === 1 && Number.isNaN(value));
    node = goesLeft ? left : childrenRight[node]!;
  }
  return node;
}

/** The leaf that each row ends in. */
export function* leavesOf(tree: TreeArrays, X: SingleMatrix): Work<Int32Array> {
  const leaves = new Int32Array(X.rows);
  const block = Math.max(1, Math.floor(MAX_OPS / (tree.maxDepth + 1)));
  for (let i = 0; i < X.rows; i++) {
    leaves[i] = applyTree(tree, X, i);
    if (i % block === block - 1) yield { ops: MAX_OPS };
  }
  return leaves;
}
