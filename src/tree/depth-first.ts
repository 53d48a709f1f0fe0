import { MAX_OPS, type Work } from '../work/index.ts';
import type { Growth } from './grow-plainly.ts';
import type { OpenNode } from './split-search.ts';

/** Impurities and improvements up to this count as 0. */
export const EPSILON = 2 ** -52;

interface StackedNode extends OpenNode {
  readonly depth: number;
  readonly parent: number;
  readonly isLeft: boolean;
}

/** Grows node by node, left child first, so that nodes are numbered in pre-order. */
export function* growDepthFirst(growth: Growth): Work<void> {
  const { rules, samples, criterion, search, tree } = growth;
  const bounds = { lower: -Infinity, upper: Infinity };
  const root = { start: 0, end: samples.samples.length, impurity: Infinity, nConstants: 0, ...bounds };
  const stack: StackedNode[] = [{ ...root, depth: 0, parent: -1, isLeft: false }];
  let ops = 0;
  for (let open = stack.pop(); open !== undefined; open = stack.pop()) {
    criterion.init(open.start, open.end);
    ops += open.end - open.start;
    const node = open.parent < 0 ? { ...open, impurity: criterion.nodeImpurity() } : open;
    let isLeaf = mustBeLeaf(growth, node);
    if (!isLeaf) {
      search.begin(node);
      while (search.nextFeature()) {
        ops += node.end - node.start;
        if (ops >= MAX_OPS) {
          yield { ops };
          ops = 0;
        }
      }
      search.finish();
      isLeaf = search.pos >= node.end || search.improvement + EPSILON < rules.minImpurityDecrease;
    }
    const id = addNode(growth, node, isLeaf);
    if (!isLeaf) pushChildren(growth, stack, node, id);
    if (node.depth > tree.maxDepth) tree.maxDepth = node.depth;
  }
  yield { ops };
}

/** The rules that need no search. */
export function mustBeLeaf({ rules, criterion }: Growth, node: OpenNode & { readonly depth: number }): boolean {
  const n = node.end - node.start;
  return (
    node.depth >= rules.maxDepth ||
    n < rules.minSamplesSplit ||
    n < 2 * rules.minSamplesLeaf ||
    criterion.weighted < 2 * rules.minWeightLeaf ||
    node.impurity <= EPSILON
  );
}

/** Adds the node that was just searched, with its value. */
export function addNode(
  { rules, search, criterion, tree }: Growth,
  node: OpenNode & { readonly parent: number; readonly isLeft: boolean },
  isLeaf: boolean,
): number {
  const id = tree.add({
    parent: node.parent,
    isLeft: node.isLeft,
    isLeaf,
    feature: search.feature,
    threshold: search.threshold,
    missingGoToLeft: search.missingGoToLeft,
    impurity: node.impurity,
    nSamples: node.end - node.start,
    weighted: criterion.weighted,
  });
  criterion.writeValue(tree.value, id * tree.stride);
  if (rules.monotonic !== undefined) criterion.clipValue(tree.value, id * tree.stride, node.lower, node.upper);
  return id;
}

/** Bounds of both children's values under monotonic constraints; `middle` parts them where the feature has one. */
export function childBounds(node: { readonly lower: number; readonly upper: number }, sign: number, middle: number) {
  const { lower, upper } = node;
  if (sign === 0) return { left: { lower, upper }, right: { lower, upper } };
  if (sign > 0) return { left: { lower, upper: middle }, right: { lower: middle, upper } };
  return { left: { lower: middle, upper }, right: { lower, upper: middle } };
}

function pushChildren(
  { rules, samples, search, criterion }: Growth,
  stack: StackedNode[],
  node: StackedNode,
  id: number,
): void {
  const { pos, nConstants } = search;
  const isPure = search.impurityLeft <= EPSILON && search.impurityRight <= EPSILON;
  if (!isPure) samples.partPresorted(node.start, pos, node.end);
  const sign = rules.monotonic?.[search.feature] ?? 0;
  const bounds = childBounds(node, sign, sign === 0 ? 0 : criterion.middleValue());
  // Written out: copying objects by spread costs more than a small node's search.
  stack.push({
    start: pos,
    end: node.end,
    impurity: search.impurityRight,
    nConstants,
    lower: bounds.right.lower,
    upper: bounds.right.upper,
    depth: node.depth + 1,
    parent: id,
    isLeft: false,
  });
  stack.push({
    start: node.start,
    end: pos,
    impurity: search.impurityLeft,
    nConstants,
    lower: bounds.left.lower,
    upper: bounds.left.upper,
    depth: node.depth + 1,
    parent: id,
    isLeft: true,
  });
}
