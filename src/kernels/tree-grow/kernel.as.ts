/**
 * Grows a decision tree depth-first, node for node as src/tree does in plain TypeScript: for one output, no missing
 * values and no constraints, by Gini impurity with whole weights or by squared error.
 *
 * A call runs until the tree is whole, the budget of element-operations is spent, or the node buffer is full; all
 * state is in memory, so that the next call goes on.
 */
import { Growth } from './growth.as';
import { judgeClassSplit, judgeTargetSplit, sumClasses, sumTargets } from './node-sums.as';
import { isPresorted, markSides, MIN_PRESORTED, orderColumn, partColumn } from './presorted.as';
import { settleOrder } from './open-ties.as';
import { beginSearch, nextFeature, rememberConstants } from './search.as';

export { orderColumn };

/** What a call came to. */
const DONE: i32 = 0;
const PAUSED: i32 = 1;
const FULL: i32 = 2;

/** What comes next: a node from the stack, a feature of the open node, a column to be parted. */
const OPEN: i32 = 0;
const SEARCH: i32 = 1;
const PART: i32 = 2;

/** Impurities and improvements up to this count as 0. */
const EPSILON: f64 = 2.220446049250313e-16; // 2^-52

/** Bytes of a node on the stack: start, end, constants, depth, parent; impurity. */
const STACKED: usize = 32;
/** Bytes of a node in the buffer before its values: parent, feature, two codes, samples, goes-left; impurity, weight. */
const NODE: usize = 40;

export function grow(g: Growth, budget: i32): i32 {
  g.ops = 0;
  while (true) {
    if (g.phase === OPEN) {
      if (g.stackTop === 0) return DONE;
      if (g.nodeCount === g.nodeCapacity) return FULL;
      openNode(g);
      if (mustBeLeaf(g)) {
        addNode(g, true);
      } else {
        beginSearch(g);
        g.phase = SEARCH;
      }
    }
    if (g.phase === SEARCH) {
      const n = g.end - g.start;
      while (nextFeature(g)) {
        g.ops += n;
        if (g.ops >= budget) return PAUSED;
      }
      finishNode(g);
    }
    if (g.phase === PART) {
      const n = g.end - g.start;
      while (g.column < g.columns) {
        const feature = g.column++;
        if (!isPresorted(g, feature, n)) continue;
        partColumn(g, feature);
        g.ops += n;
        if (g.ops >= budget) return PAUSED;
      }
      g.phase = OPEN;
    }
  }
}

function openNode(g: Growth): void {
  const top = g.stack + <usize>(--g.stackTop) * STACKED;
  g.start = load<i32>(top);
  g.end = load<i32>(top, 4);
  g.knownConstants = load<i32>(top, 8);
  g.depth = load<i32>(top, 12);
  g.parent = load<i32>(top, 16);
  g.impurity = load<f64>(top, 24);
  if (g.classes === 1) sumTargets(g);
  else sumClasses(g);
  g.ops += g.end - g.start;
}

/** The rules that need no search. */
function mustBeLeaf(g: Growth): bool {
  const n = g.end - g.start;
  return (
    g.depth >= g.maxDepth ||
    n < g.minSamplesSplit ||
    n < 2 * g.minSamplesLeaf ||
    g.weighted < 2 * g.minWeightLeaf ||
    g.impurity <= EPSILON
  );
}

/** Parts the node by the split found, adds it, and puts its children on the stack. */
function finishNode(g: Growth): void {
  g.phase = OPEN;
  let isLeaf = g.pos >= g.end;
  if (!isLeaf) {
    settleOrder(g);
    partSamples(g);
    const gain = g.classes === 1 ? judgeTargetSplit(g) : judgeClassSplit(g);
    isLeaf = gain + EPSILON < g.minImpurityDecrease;
  }
  rememberConstants(g);
  const id = g.nodeTotal;
  addNode(g, isLeaf);
  if (isLeaf) return;
  push(g, g.pos, g.end, g.impurityRight, id << 1);
  push(g, g.start, g.pos, g.impurityLeft, (id << 1) | 1);
  const isPure = g.impurityLeft <= EPSILON && g.impurityRight <= EPSILON;
  const largest = max(g.pos - g.start, g.end - g.pos);
  if (g.presorts !== 0 && !isPure && largest >= MIN_PRESORTED) {
    markSides(g);
    g.column = 0;
    g.phase = PART;
  }
}

function partSamples(g: Growth): void {
  const codes = g.codes + (((<usize>g.feature) * (<usize>g.rows)) << 2);
  const cutCode = g.lowCode;
  let left = g.samples + ((<usize>g.start) << 2);
  let right = g.samples + ((<usize>g.end) << 2);
  while (left < right) {
    const row = load<u32>(left);
    if (load<u32>(codes + ((<usize>row) << 2)) <= cutCode) {
      left += 4;
    } else {
      right -= 4;
      store<u32>(left, load<u32>(right));
      store<u32>(right, row);
    }
  }
}

function push(g: Growth, start: i32, end: i32, impurity: f64, parent: i32): void {
  const top = g.stack + <usize>(g.stackTop++) * STACKED;
  store<i32>(top, start);
  store<i32>(top, end, 4);
  store<i32>(top, g.nConstants, 8);
  store<i32>(top, g.depth + 1, 12);
  store<i32>(top, parent, 16);
  store<f64>(top, impurity, 24);
}

function addNode(g: Growth, isLeaf: bool): void {
  const node = g.nodes + <usize>(g.nodeCount++) * (NODE + ((<usize>g.classes) << 3));
  g.nodeTotal++;
  g.deepest = max(g.deepest, g.depth);
  store<i32>(node, g.parent);
  store<i32>(node, isLeaf ? -1 : g.feature, 4);
  store<u32>(node, g.lowCode >> 1, 8);
  store<u32>(node, g.highCode >> 1, 12);
  store<i32>(node, g.end - g.start, 16);
  store<i32>(node, <i32>(g.pos - g.start > g.end - g.pos), 20);
  store<f64>(node, g.impurity, 24);
  store<f64>(node, g.weighted, 32);
  if (g.classes === 1) {
    store<f64>(node, g.sum / g.weighted, NODE);
    return;
  }
  for (let at: usize = 0, end = (<usize>g.classes) << 3; at < end; at += 8) {
    store<f64>(node + at, load<f64>(g.total + at) / g.weighted, NODE);
  }
}
