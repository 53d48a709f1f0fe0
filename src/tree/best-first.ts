import { MAX_OPS, type Work } from '../work/index.ts';
import { addNode, childBounds, EPSILON, mustBeLeaf } from './depth-first.ts';
import type { Growth } from './grow-plainly.ts';
import { popLargest, pushByImprovement } from './improvement-heap.ts';

/** A node of the frontier: added to the tree with its split, which is carried out only if its turn comes. */
interface FrontierNode {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly pos: number;
  readonly depth: number;
  readonly isLeaf: boolean;
  readonly impurityLeft: number;
  readonly impurityRight: number;
  readonly improvement: number;
  readonly lower: number;
  readonly upper: number;
  readonly middle: number;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly impurity: number;
  readonly nConstants: 0;
  readonly lower: number;
  readonly upper: number;
  readonly depth: number;
  readonly parent: number;
  readonly isLeft: boolean;
}

/** Always splits the node of the frontier whose split improves most, until there are `maxLeafNodes` leaves. */
export function* growBestFirst(growth: Growth, maxLeafNodes: number): Work<void> {
  const { rules, samples, tree } = growth;
  const frontier: FrontierNode[] = [];
  const bounds = { lower: -Infinity, upper: Infinity };
  const root = { start: 0, end: samples.samples.length, impurity: Infinity, ...bounds };
  pushByImprovement(frontier, yield* openNode(growth, { ...root, nConstants: 0, depth: 0, parent: -1, isLeft: false }));
  let splitsLeft = maxLeafNodes - 1;
  for (let node = popLargest(frontier); node !== undefined; node = popLargest(frontier)) {
    if (node.depth > tree.maxDepth) tree.maxDepth = node.depth;
    if (node.isLeaf || splitsLeft <= 0) {
      tree.closeAsLeaf(node.id);
      continue;
    }
    splitsLeft--;
    const sign = rules.monotonic?.[tree.feature[node.id]!] ?? 0;
    const { left, right } = childBounds(node, sign, node.middle);
    const child = { nConstants: 0, depth: node.depth + 1, parent: node.id } as const;
    const leftPlace = {
      ...child,
      ...left,
      start: node.start,
      end: node.pos,
      impurity: node.impurityLeft,
      isLeft: true,
    };
    const rightPlace = {
      ...child,
      ...right,
      start: node.pos,
      end: node.end,
      impurity: node.impurityRight,
      isLeft: false,
    };
    const leftNode = yield* openNode(growth, leftPlace);
    const rightNode = yield* openNode(growth, rightPlace);
    pushByImprovement(frontier, leftNode);
    pushByImprovement(frontier, rightNode);
  }
}

/** Searches a node's split and adds the node to the tree. */
function* openNode(growth: Growth, place: Place): Work<FrontierNode> {
  const { rules, samples, criterion, search } = growth;
  const { start, end, depth, lower, upper } = place;
  criterion.init(start, end);
  const impurity = place.parent < 0 ? criterion.nodeImpurity() : place.impurity;
  const node = { ...place, impurity };
  let isLeaf = mustBeLeaf(growth, node);
  if (!isLeaf) {
    search.begin(node);
    for (let ops = 0; search.nextFeature(); ) {
      ops += end - start;
      if (ops >= MAX_OPS) {
        yield { ops };
        ops = 0;
      }
    }
    search.finish();
    isLeaf = search.pos >= end || search.improvement + EPSILON < rules.minImpurityDecrease;
  }
  const id = addNode(growth, node, isLeaf);
  const common = { id, start, end, depth, isLeaf, lower, upper };
  if (isLeaf)
    return { ...common, pos: end, improvement: 0, impurityLeft: impurity, impurityRight: impurity, middle: 0 };
  const { pos, improvement, impurityLeft, impurityRight } = search;
  samples.partPresorted(start, pos, end);
  return { ...common, pos, improvement, impurityLeft, impurityRight, middle: criterion.middleValue() };
}
