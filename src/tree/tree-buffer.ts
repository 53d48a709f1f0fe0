import { NO_CHILD, NO_FEATURE, NO_THRESHOLD, type TreeArrays, valueStride } from './tree-arrays.ts';

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

type Shape = Pick<TreeArrays, 'nFeatures' | 'nOutputs' | 'nClasses'>;

/** Nodes of the buffers that are kept; larger ones are left to the garbage collector. */
const KEPT_CAPACITY = 2 ** 16;

/** Buffers that nobody uses: the next tree is grown in one of them, so that small trees cost no fresh arrays but their own. */
const spare: TreeBuffer[] = [];

/** A tree under construction: arrays that double when they are full. */
export class TreeBuffer {
  stride = 1;
  count = 0;
  maxDepth = 0;
  childrenLeft = new Int32Array(0);
  childrenRight = new Int32Array(0);
  feature = new Int32Array(0);
  threshold = new Float64Array(0);
  missingGoToLeft = new Uint8Array(0);
  impurity = new Float64Array(0);
  nNodeSamples = new Int32Array(0);
  weightedNNodeSamples = new Float64Array(0);
  value = new Float64Array(0);
  #shape: Shape = { nFeatures: 0, nOutputs: 1, nClasses: Int32Array.of(1) };

  /** An empty tree; `finish` ends its use. */
  static begin(shape: Shape): TreeBuffer {
    const buffer = spare.pop() ?? new TreeBuffer();
    buffer.#shape = shape;
    buffer.stride = valueStride(shape);
    buffer.count = 0;
    buffer.maxDepth = 0;
    buffer.#reserve(Math.max(64, buffer.feature.length));
    return buffer;
  }

  /** Adds a node and returns its number. */
  add(node: NewNode): number {
    if (this.count === this.feature.length) this.#reserve(2 * this.count);
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

  /** The tree, in arrays of its size; the buffer may serve another one afterwards. */
  finish(): TreeArrays {
    const { count, maxDepth, stride } = this;
    const arrays = nodeArrays(count, stride);
    arrays.childrenLeft.set(this.childrenLeft.subarray(0, count));
    arrays.childrenRight.set(this.childrenRight.subarray(0, count));
    arrays.feature.set(this.feature.subarray(0, count));
    arrays.threshold.set(this.threshold.subarray(0, count));
    arrays.missingGoToLeft.set(this.missingGoToLeft.subarray(0, count));
    arrays.impurity.set(this.impurity.subarray(0, count));
    arrays.nNodeSamples.set(this.nNodeSamples.subarray(0, count));
    arrays.weightedNNodeSamples.set(this.weightedNNodeSamples.subarray(0, count));
    arrays.value.set(this.value.subarray(0, count * stride));
    // Classes that an output lacks are not written.
    this.value.fill(0, 0, count * stride);
    if (this.feature.length <= KEPT_CAPACITY) spare.push(this);
    return { ...this.#shape, nodeCount: count, maxDepth, ...arrays };
  }

  #reserve(capacity: number): void {
    if (this.value.length < capacity * this.stride) {
      this.value = resized(this.value, new Float64Array(capacity * this.stride));
    }
    if (this.feature.length === capacity) return;
    this.childrenLeft = resized(this.childrenLeft, new Int32Array(capacity));
    this.childrenRight = resized(this.childrenRight, new Int32Array(capacity));
    this.feature = resized(this.feature, new Int32Array(capacity));
    this.threshold = resized(this.threshold, new Float64Array(capacity));
    this.missingGoToLeft = resized(this.missingGoToLeft, new Uint8Array(capacity));
    this.impurity = resized(this.impurity, new Float64Array(capacity));
    this.nNodeSamples = resized(this.nNodeSamples, new Int32Array(capacity));
    this.weightedNNodeSamples = resized(this.weightedNNodeSamples, new Float64Array(capacity));
  }
}

/** The arrays of a tree in one piece of memory: forests of small trees have thousands of them. */
function nodeArrays(count: number, stride: number) {
  const buffer = new ArrayBuffer(count * (8 * (3 + stride) + 4 * 4 + 1));
  let at = 0;
  const take = (bytes: number) => {
    at += count * bytes;
    return at - count * bytes;
  };
  return {
    threshold: new Float64Array(buffer, take(8), count),
    impurity: new Float64Array(buffer, take(8), count),
    weightedNNodeSamples: new Float64Array(buffer, take(8), count),
    value: new Float64Array(buffer, take(8 * stride), count * stride),
    childrenLeft: new Int32Array(buffer, take(4), count),
    childrenRight: new Int32Array(buffer, take(4), count),
    feature: new Int32Array(buffer, take(4), count),
    nNodeSamples: new Int32Array(buffer, take(4), count),
    missingGoToLeft: new Uint8Array(buffer, take(1), count),
  };
}

interface Resizable<T> {
  readonly length: number;
  set(from: T): void;
}

function resized<T extends Resizable<T>>(from: T, to: T): T {
  to.set(from);
  return to;
}
