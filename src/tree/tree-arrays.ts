/** What stands for "no child" and "no feature" in leaves. */
export const NO_CHILD = -1;
export const NO_FEATURE = -2;
export const NO_THRESHOLD = -2;

/**
 * A grown tree as plain arrays, one element per node; node 0 is the root. Samples go left where
 * `x[feature] <= threshold` in single precision, missing values where `missingGoToLeft` says.
 */
export interface TreeArrays {
  readonly nFeatures: number;
  readonly nOutputs: number;
  /** Number of classes of each output; 1 for regression. */
  readonly nClasses: Int32Array;
  readonly nodeCount: number;
  readonly maxDepth: number;
  /** `NO_CHILD` in leaves. */
  readonly childrenLeft: Int32Array;
  readonly childrenRight: Int32Array;
  /** `NO_FEATURE` in leaves. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly missingGoToLeft: Uint8Array;
  readonly impurity: Float64Array;
  readonly nNodeSamples: Int32Array;
  readonly weightedNNodeSamples: Float64Array;
  /** nodes × outputs × most classes: class shares, or the values of a regression. */
  readonly value: Float64Array;
}

/** Values per node. */
export function valueStride(tree: Pick<TreeArrays, 'nOutputs' | 'nClasses'>): number {
  return tree.nOutputs * Math.max(...tree.nClasses);
}

export function isLeaf(tree: TreeArrays, node: number): boolean {
  return tree.childrenLeft[node] === NO_CHILD;
}

export function countLeaves(tree: TreeArrays): number {
  let leaves = 0;
  for (let node = 0; node < tree.nodeCount; node++) if (isLeaf(tree, node)) leaves++;
  return leaves;
}
