import { CsrMatrix, Matrix } from '../array/index.ts';
import { decisionPathOf, leavesOf, type SingleMatrix, type TreeArrays } from '../tree/index.ts';
import type { Work } from '../work/index.ts';

/** samples × trees: the leaf of each. */
export function* forestLeaves(trees: readonly TreeArrays[], X: SingleMatrix): Work<Matrix> {
  const columns: Int32Array[] = [];
  for (const tree of trees) columns.push(yield* leavesOf(tree, X));
  return Matrix.fromColumns(columns, X.rows);
}

/** The paths of a forest, and where each tree's nodes begin among the columns. */
export interface ForestPaths {
  /** samples × nodes of all trees, 1 where a sample passes. */
  readonly indicator: CsrMatrix;
  /** Tree t has the columns from `nNodesPtr[t]` up to `nNodesPtr[t + 1]`. */
  readonly nNodesPtr: Int32Array;
}

export function* forestPaths(trees: readonly TreeArrays[], X: SingleMatrix): Work<ForestPaths> {
  const paths: CsrMatrix[] = [];
  for (const tree of trees) paths.push(yield* decisionPathOf(tree, X));
  const nNodesPtr = new Int32Array(trees.length + 1);
  trees.forEach((tree, t) => {
    nNodesPtr[t + 1] = nNodesPtr[t]! + tree.nodeCount;
  });
  return { indicator: besideEachOther(paths, nNodesPtr), nNodesPtr };
}

function besideEachOther(parts: readonly CsrMatrix[], firstColumn: Int32Array): CsrMatrix {
  const { rows } = parts[0]!;
  const stored = parts.reduce((sum, part) => sum + part.stored, 0);
  const indices = new Int32Array(stored);
  const indptr = new Int32Array(rows + 1);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (const [t, part] of parts.entries()) {
      for (let q = part.indptr[i]!; q < part.indptr[i + 1]!; q++) indices[at++] = part.indices[q]! + firstColumn[t]!;
    }
    indptr[i + 1] = at;
  }
  return new CsrMatrix(new Float64Array(stored).fill(1), indices, indptr, rows, firstColumn[parts.length]!);
}
