/**
 * A forest as one flat array of nodes, for walking. Three words a node: 2 feature, plus 1 where missing values go left
 * (-1 in leaves); the threshold as the bits of a single; where the right child begins (in leaves: where its values
 * begin). The left child is the next node.
 */
export interface PackedForest {
  readonly nodes: Int32Array;
  /** The same words as numbers, for the thresholds. */
  readonly thresholds: Float32Array;
  /** Where the root of each tree begins. */
  readonly roots: Int32Array;
  /** Values of all leaves, `stride` each. */
  readonly values: Float64Array;
  readonly stride: number;
  /** No tree is deeper. */
  readonly maxDepth: number;
}

export const WORDS_PER_NODE = 3;

/** The part of a tree's arrays that walking needs; see src/tree/tree-arrays.ts. */
export interface WalkedTree {
  readonly nodeCount: number;
  readonly maxDepth: number;
  /** Negative in leaves. */
  readonly childrenLeft: Int32Array;
  readonly childrenRight: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly missingGoToLeft: Uint8Array;
  /** nodes × stride. */
  readonly value: Float64Array;
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** Cost: one pass over the nodes. */
export function packForest(trees: readonly WalkedTree[], stride: number): PackedForest {
  const nodeCount = trees.reduce((sum, tree) => sum + tree.nodeCount, 0);
  const nodes = new Int32Array(WORDS_PER_NODE * nodeCount);
  const roots = new Int32Array(trees.length);
  // Half of a tree's nodes, and one more, are leaves.
  const values = new Float64Array(((nodeCount + trees.length) / 2) * stride);
  let next = 0;
  let leaf = 0;
  trees.forEach((tree, t) => {
    roots[t] = next;
    leaf = packTree(tree, stride, nodes, next, values, leaf);
    next += WORDS_PER_NODE * tree.nodeCount;
  });
  const maxDepth = trees.reduce((most, tree) => Math.max(most, tree.maxDepth), 0);
  return { nodes, thresholds: new Float32Array(nodes.buffer), roots, values, stride, maxDepth };
}

/** The first trees of a packed forest, as views of it. */
export function firstPacked(forest: PackedForest, count: number): PackedForest {
  const end = forest.roots[count] ?? forest.nodes.length;
  const leaves = (end / WORDS_PER_NODE + count) / 2;
  return {
    ...forest,
    nodes: forest.nodes.subarray(0, end),
    thresholds: forest.thresholds.subarray(0, end),
    roots: forest.roots.subarray(0, count),
    values: forest.values.subarray(0, leaves * forest.stride),
  };
}

/** Writes a tree in pre-order from word `first` on; returns the number of leaves so far. */
function packTree(
  tree: WalkedTree,
  stride: number,
  nodes: Int32Array,
  first: number,
  values: Float64Array,
  firstLeaf: number,
): number {
  const { childrenLeft, childrenRight, feature, threshold, missingGoToLeft, value } = tree;
  // Nodes to come, each with the place of the parent whose right child it is, or -1.
  const stack = [0, -1];
  let leaf = firstLeaf;
  for (let at = first; stack.length > 0; at += WORDS_PER_NODE) {
    const parent = stack.pop()!;
    const node = stack.pop()!;
    if (parent >= 0) nodes[parent + 2] = at;
    if (childrenLeft[node]! < 0) {
      nodes[at] = -1;
      nodes[at + 2] = leaf * stride;
      for (let c = 0; c < stride; c++) values[leaf * stride + c] = value[node * stride + c]!;
      leaf++;
      continue;
    }
    nodes[at] = 2 * feature[node]! + missingGoToLeft[node]!;
    single[0] = threshold[node]!;
    nodes[at + 1] = single[0] > threshold[node]! ? nextBelow(bits[0]!) : bits[0]!;
    stack.push(childrenRight[node]!, at, childrenLeft[node]!, -1);
  }
  return leaf;
}

/**
 * The bits of the next smaller single. A single is at most a double where it is at most the greatest single that does
 * not exceed the double, so comparing singles decides alike.
 */
function nextBelow(own: number): number {
  if (own === 0) return 0x80000001 | 0;
  return own > 0 ? own - 1 : own + 1;
}
