import { CsrMatrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import type { SingleMatrix } from './single-matrix.ts';
import { isLeaf, type TreeArrays } from './tree-arrays.ts';

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

/** Which nodes each row passes on its way from the root to its leaf: rows × nodes, ones where it does. */
export function* decisionPathOf(tree: TreeArrays, X: SingleMatrix): Work<CsrMatrix> {
  const parent = parentsOf(tree);
  const leaves = yield* leavesOf(tree, X);
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

/** The parent of each node, -1 for the root. */
export function parentsOf(tree: TreeArrays): Int32Array {
  const parent = new Int32Array(tree.nodeCount).fill(-1);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (isLeaf(tree, node)) continue;
    parent[tree.childrenLeft[node]!] = node;
    parent[tree.childrenRight[node]!] = node;
  }
  return parent;
}
