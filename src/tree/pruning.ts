import { parentsOf } from './decision-path.ts';
import { isLeaf, type TreeArrays, valueStride } from './tree-arrays.ts';
import { TreeBuffer } from './tree-buffer.ts';

/** The alphas at which a tree loses branches, ascending from 0, and the leaves' total impurity from each on. */
export interface PruningPath {
  readonly ccpAlphas: Float64Array;
  readonly impurities: Float64Array;
}

/**
 * Minimal cost-complexity pruning: as long as the weakest link costs at most `ccpAlpha` per leaf saved, its branch
 * becomes a leaf. Cost: O(nodes) per link removed.
 *
 * Source: L. Breiman, J. Friedman, R. Olshen and C. Stone, "Classification and Regression Trees" (1984), chapter 3.
 */
export function pruneTree(tree: TreeArrays, ccpAlpha: number): TreeArrays {
  const links = new WeakestLinks(tree);
  for (let link = links.weakest(); link !== undefined && link.alpha <= ccpAlpha; link = links.weakest()) {
    links.cut(link.node);
  }
  return copyDownTo(tree, links.isEnd);
}

/** The whole path from the full tree to its root. */
export function pruningPath(tree: TreeArrays): PruningPath {
  const links = new WeakestLinks(tree);
  const alphas = [0];
  const impurities = [links.total];
  for (let link = links.weakest(); link !== undefined; link = links.weakest()) {
    links.cut(link.node);
    alphas.push(link.alpha);
    impurities.push(links.total);
  }
  return { ccpAlphas: Float64Array.from(alphas), impurities: Float64Array.from(impurities) };
}

/** A tree in the course of pruning. */
class WeakestLinks {
  /** 1 where a branch ends: the leaves of the pruned tree. */
  readonly isEnd: Uint8Array;
  readonly #tree: TreeArrays;
  readonly #parent: Int32Array;
  /** Impurity as a leaf, weighted by the share of all samples. */
  readonly #asLeaf: Float64Array;
  /** Summed impurity of the leaves below, and their number (0 in leaves). */
  readonly #asBranch: Float64Array;
  readonly #leaves: Int32Array;
  readonly #canBeCut: Uint8Array;

  constructor(tree: TreeArrays) {
    const { nodeCount, weightedNNodeSamples, impurity } = tree;
    this.#tree = tree;
    this.#parent = parentsOf(tree);
    this.#asLeaf = impurity.map((value, node) => (weightedNNodeSamples[node]! * value) / weightedNNodeSamples[0]!);
    this.#asBranch = new Float64Array(nodeCount);
    this.#leaves = new Int32Array(nodeCount);
    this.isEnd = Uint8Array.from({ length: nodeCount }, (_, node) => Number(isLeaf(tree, node)));
    this.#canBeCut = this.isEnd.map(end => 1 - end);
    for (let leaf = 0; leaf < nodeCount; leaf++) {
      if (this.isEnd[leaf] === 0) continue;
      this.#asBranch[leaf] = this.#asLeaf[leaf]!;
      for (let node = this.#parent[leaf]!; node >= 0; node = this.#parent[node]!) {
        this.#asBranch[node]! += this.#asLeaf[leaf]!;
        this.#leaves[node]!++;
      }
    }
  }

  /** Summed impurity of all leaves. */
  get total(): number {
    return this.#asBranch[0]!;
  }

  /** The branch that saves least impurity per leaf, or undefined when only the root is left. */
  weakest(): { node: number; alpha: number } | undefined {
    if (this.#canBeCut[0] === 0) return undefined;
    let node = 0;
    let alpha = Number.MAX_VALUE;
    for (let i = 0; i < this.#canBeCut.length; i++) {
      if (this.#canBeCut[i] === 0) continue;
      const candidate = (this.#asLeaf[i]! - this.#asBranch[i]!) / (this.#leaves[i]! - 1);
      if (candidate < alpha) {
        alpha = candidate;
        node = i;
      }
    }
    return { node, alpha };
  }

  /** Makes a branch a leaf. */
  cut(branch: number): void {
    this.#closeBelow(branch);
    this.isEnd[branch] = 1;
    const leavesLost = this.#leaves[branch]! - 1;
    const impurityWon = this.#asLeaf[branch]! - this.#asBranch[branch]!;
    this.#leaves[branch] = 0;
    this.#asBranch[branch] = this.#asLeaf[branch]!;
    for (let node = this.#parent[branch]!; node >= 0; node = this.#parent[node]!) {
      this.#leaves[node]! -= leavesLost;
      this.#asBranch[node]! += impurityWon;
    }
  }

  #closeBelow(branch: number): void {
    const { childrenLeft, childrenRight } = this.#tree;
    const open = [branch];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      this.#canBeCut[node] = 0;
      this.isEnd[node] = 0;
      if (!isLeaf(this.#tree, node)) open.push(childrenLeft[node]!, childrenRight[node]!);
    }
  }
}

/** The tree above and with the nodes where `isEnd`, numbered in pre-order. */
function copyDownTo(tree: TreeArrays, isEnd: Uint8Array): TreeArrays {
  const stride = valueStride(tree);
  const copy = TreeBuffer.begin(tree);
  const open = [{ node: 0, depth: 0, parent: -1, isLeft: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth, parent, isLeft } = next;
    const ends = isEnd[node] === 1;
    const id = copy.add({
      parent,
      isLeft,
      isLeaf: ends,
      feature: tree.feature[node]!,
      threshold: tree.threshold[node]!,
      missingGoToLeft: tree.missingGoToLeft[node] === 1,
      impurity: tree.impurity[node]!,
      nSamples: tree.nNodeSamples[node]!,
      weighted: tree.weightedNNodeSamples[node]!,
    });
    copy.value.set(tree.value.subarray(node * stride, (node + 1) * stride), id * stride);
    if (depth > copy.maxDepth) copy.maxDepth = depth;
    if (ends) continue;
    const child = { depth: depth + 1, parent: id };
    open.push({ ...child, node: tree.childrenRight[node]!, isLeft: false });
    open.push({ ...child, node: tree.childrenLeft[node]!, isLeft: true });
  }
  return copy.finish();
}
