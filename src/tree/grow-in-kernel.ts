import {
  canGrowInKernel,
  DOUBLES_BEFORE,
  growNodes,
  MAX_CLASSES,
  MAX_WEIGHT,
  type NodeBatch,
} from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import type { TreeProblem } from './grow-tree.ts';
import type { TreeBuffer } from './tree-buffer.ts';

/** Whether the kernel can grow a tree: the cases for which a benchmark row pays for it. */
export function suitsKernel({ data, rules, weights, isExact }: TreeProblem): boolean {
  const { ranks, nOutputs, nClasses } = data;
  const isPlain = rules.splitter === 'best' && rules.maxLeafNodes === null && rules.monotonic === undefined;
  if (!isPlain || nOutputs > 1 || ranks.missing.includes(1)) return false;
  const classes = nClasses[0]!;
  const suits =
    rules.criterion === 'gini'
      ? isExact && classes >= 2 && classes <= MAX_CLASSES && areAtMost(weights, MAX_WEIGHT)
      : rules.criterion === 'squared_error';
  return suits && canGrowInKernel(ranks, classes);
}

function areAtMost(weights: Float64Array, most: number): boolean {
  for (let i = 0; i < weights.length; i++) if (weights[i]! > most) return false;
  return true;
}

/** Grows a tree that `suitsKernel` into `tree`. */
export function* growInKernel({ data, ...problem }: TreeProblem, tree: TreeBuffer): Work<void> {
  const { ranks: table, y, nClasses } = data;
  tree.maxDepth = yield* growNodes({ ...problem, table, y, nClasses: nClasses[0]! }, nodes =>
    appendNodes(tree, nodes, table.values, table.offsets),
  );
}

/** The kernel knows ranks: a threshold is the middle of the values around the cut. */
function appendNodes(tree: TreeBuffer, nodes: NodeBatch, values: Float32Array, offsets: Int32Array): void {
  const { count, words, wordsPerNode, doubles, doublesPerNode } = nodes;
  for (let k = 0, w = 0, d = DOUBLES_BEFORE; k < count; k++, w += wordsPerNode, d += doublesPerNode) {
    const parent = words[w]!;
    const feature = words[w + 1]!;
    const isLeaf = feature < 0;
    const offset = isLeaf ? 0 : offsets[feature]!;
    const id = tree.add({
      parent: parent >> 1,
      isLeft: (parent & 1) === 1,
      isLeaf,
      feature,
      threshold: isLeaf ? 0 : values[offset + words[w + 2]!]! / 2 + values[offset + words[w + 3]!]! / 2,
      missingGoToLeft: words[w + 5] === 1,
      impurity: doubles[d]!,
      nSamples: words[w + 4]!,
      weighted: doubles[d + 1]!,
    });
    for (let c = 0; c < tree.stride; c++) tree.value[id * tree.stride + c] = doubles[d + 2 + c]!;
  }
}
