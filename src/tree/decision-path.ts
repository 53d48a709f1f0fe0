import { CsrMatrix } from '../array/index.ts';
import type { Work } from '../work/index.ts';
import type { SingleMatrix } from './single-matrix.ts';
import { leavesOf } from './traverse.ts';
import { isLeaf, type TreeArrays } from './tree-arrays.ts';

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
