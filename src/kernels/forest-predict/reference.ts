import { type PackedForest, WORDS_PER_NODE } from './packed-forest.ts';

/** Adds the values of the leaves that a row ends in, tree by tree, to `sums[to .. to + stride)`. */
export function addRowValues(forest: PackedForest, X: Float32Array, row: number, sums: Float64Array, to: number): void {
  const { nodes, thresholds, roots, values, stride } = forest;
  for (let t = 0; t < roots.length; t++) {
    let at = roots[t]!;
    for (let split = nodes[at]!; split >= 0; split = nodes[at]!) {
      const x = X[row + (split >> 1)]!;
      const goesLeft = x <= thresholds[at + 1]! || ((split & 1) === 1 && Number.isNaN(x));
      at = goesLeft ? at + WORDS_PER_NODE : nodes[at + 2]!;
    }
    const leaf = nodes[at + 2]!;
    for (let c = 0; c < stride; c++) sums[to + c]! += values[leaf + c]!;
  }
}
