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

/** What a node is made with; its children enter themselves. */
export interface NewNode {
  readonly parent: number;
  readonly isLeft: boolean;
  readonly isLeaf: boolean;
  readonly feature: number;
  readonly threshold: number;
  readonly missingGoToLeft: boolean;
  readonly impurity: number;
  readonly nSamples: number;
  readonly weighted: number;
}

/** A tree under construction: arrays that double when they are full. */
export class TreeBuffer {
  readonly stride: number;
  count = 0;
  maxDepth = 0;
  childrenLeft: Int32Array;
  childrenRight: Int32Array;
  feature: Int32Array;
  threshold: Float64Array;
  missingGoToLeft: Uint8Array;
  impurity: Float64Array;
  nNodeSamples: Int32Array;
  weightedNNodeSamples: Float64Array;
  value: Float64Array;
  readonly #shape: Pick<TreeArrays, 'nFeatures' | 'nOutputs' | 'nClasses'>;

  constructor(shape: Pick<TreeArrays, 'nFeatures' | 'nOutputs' | 'nClasses'>, capacity = 64) {
    this.#shape = shape;
    this.stride = valueStride(shape);
    this.childrenLeft = new Int32Array(capacity);
    this.childrenRight = new Int32Array(capacity);
    this.feature = new Int32Array(capacity);
    this.threshold = new Float64Array(capacity);
    this.missingGoToLeft = new Uint8Array(capacity);
    this.impurity = new Float64Array(capacity);
    this.nNodeSamples = new Int32Array(capacity);
    this.weightedNNodeSamples = new Float64Array(capacity);
    this.value = new Float64Array(capacity * this.stride);
  }

  /** Adds a node and returns its number. */
  add(node: NewNode): number {
    if (this.count === this.feature.length) this.#resize(2 * this.count);
    const id = this.count++;
    if (node.parent >= 0) (node.isLeft ? this.childrenLeft : this.childrenRight)[node.parent] = id;
    this.impurity[id] = node.impurity;
    this.nNodeSamples[id] = node.nSamples;
    this.weightedNNodeSamples[id] = node.weighted;
    if (node.isLeaf) {
      this.closeAsLeaf(id);
    } else {
      this.feature[id] = node.feature;
      this.threshold[id] = node.threshold;
      this.missingGoToLeft[id] = Number(node.missingGoToLeft);
    }
    return id;
  }

  closeAsLeaf(id: number): void {
    this.childrenLeft[id] = NO_CHILD;
    this.childrenRight[id] = NO_CHILD;
    this.feature[id] = NO_FEATURE;
    this.threshold[id] = NO_THRESHOLD;
    this.missingGoToLeft[id] = 0;
  }

  /** The tree, in arrays of its size. */
  finish(): TreeArrays {
    this.#resize(this.count);
    const { childrenLeft, childrenRight, feature, threshold, missingGoToLeft } = this;
    const { impurity, nNodeSamples, weightedNNodeSamples, value, maxDepth } = this;
    const nodes = { childrenLeft, childrenRight, feature, threshold, missingGoToLeft };
    const statistics = { impurity, nNodeSamples, weightedNNodeSamples, value };
    return { ...this.#shape, nodeCount: this.count, maxDepth, ...nodes, ...statistics };
  }

  #resize(capacity: number): void {
    this.childrenLeft = resized(this.childrenLeft, new Int32Array(capacity));
    this.childrenRight = resized(this.childrenRight, new Int32Array(capacity));
    this.feature = resized(this.feature, new Int32Array(capacity));
    this.threshold = resized(this.threshold, new Float64Array(capacity));
    this.missingGoToLeft = resized(this.missingGoToLeft, new Uint8Array(capacity));
    this.impurity = resized(this.impurity, new Float64Array(capacity));
    this.nNodeSamples = resized(this.nNodeSamples, new Int32Array(capacity));
    this.weightedNNodeSamples = resized(this.weightedNNodeSamples, new Float64Array(capacity));
    this.value = resized(this.value, new Float64Array(capacity * this.stride));
  }
}

interface Resizable<T> {
  readonly length: number;
  set(from: T): void;
  subarray(start: number, end: number): T;
}

function resized<T extends Resizable<T>>(from: T, to: T): T {
  to.set(from.subarray(0, Math.min(from.length, to.length)));
  return to;
}
