import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import type { SingleMatrix } from './single-matrix.ts';
import { applyTree } from './traverse.ts';
import { type TreeArrays, valueStride } from './tree-arrays.ts';

/**
 * Adds a tree's value for each row to one matrix per output: class shares, or one column of numbers.
 *
 * @param rows the rows to look at; all where undefined
 */
export function* addTreeValues(
  tree: TreeArrays,
  X: SingleMatrix,
  sums: readonly Matrix[],
  rows?: Int32Array,
): Work<void> {
  const stride = valueStride(tree);
  const width = stride / tree.nOutputs;
  const total = rows?.length ?? X.rows;
  const block = Math.max(1, Math.floor(MAX_OPS / (tree.maxDepth + stride + 1)));
  for (let from = 0; from < total; from += block) {
    const to = Math.min(total, from + block);
    for (let q = from; q < to; q++) {
      const i = rows === undefined ? q : rows[q]!;
      const leaf = applyTree(tree, X, i);
      for (let k = 0; k < sums.length; k++) {
        const { data, columns } = sums[k]!;
        const at = leaf * stride + k * width;
        for (let c = 0; c < columns; c++) data[i * columns + c]! += tree.value[at + c]!;
      }
    }
    yield { ops: (to - from) * (tree.maxDepth + stride + 1) };
  }
}

/** One zero matrix per output, as wide as it has classes. */
export function zeroValues(tree: Pick<TreeArrays, 'nClasses'>, rows: number): Matrix[] {
  return Array.from(tree.nClasses, columns => Matrix.zeros(rows, columns));
}

/** The matrices of one column each as one. */
export function joinColumns(columns: readonly Matrix[]): Matrix {
  if (columns.length === 1) return columns[0]!;
  return Matrix.fromColumns(columns.map(column => column.data));
}
