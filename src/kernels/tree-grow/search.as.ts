/**
 * The search for a node's split, as src/tree/split-search.ts describes it: features are drawn without replacement, by an
 * exchange shuffle that knows which are constant.
 */
import { bestGiniCut, bestGiniCutOfTwo, bestSquaredErrorCut } from './best-cut.as';
import { codeOf, Growth, isApart, ROW } from './growth.as';
import { leaveTiesOpen, noteOpenTies, settleOrder, undoSearch } from './open-ties.as';
import { NOT_APART, orderPair } from './pair.as';
import { columnOrder, hasNoTies, isPresorted, MIN_PRESORTED } from './presorted.as';
import { sortLikeReference, sortNode } from './sort-node.as';

/** What became of a feature. */
const CONSTANT: i32 = 0;
const TRIED: i32 = 1;
/** The order of ties might decide. */
const UNDECIDED: i32 = 2;

/** Begins the search for the open node's split; its samples are in order. */
export function beginSearch(g: Growth): void {
  startOver(g);
  g.leavesTiesOpen = 0;
  const leaves = !g.isExact && g.hasWholeWeights && g.presorts && g.end - g.start >= MIN_PRESORTED;
  if (leaves) leaveTiesOpen(g);
}

function startOver(g: Growth): void {
  g.pos = g.end;
  g.feature = 0;
  g.best = -Infinity;
  g.impurityLeft = Infinity;
  g.impurityRight = Infinity;
  g.nConstants = g.knownConstants;
  g.undrawn = g.columns;
  g.visited = 0;
  g.drawnConstants = 0;
  g.foundConstants = 0;
  g.pendingOrder = -1;
  g.nOpenTies = 0;
  g.isDoubtful = 0;
  g.judgedOrders = 0;
}

/** Draws and tries one more feature; false when the search is over. */
export function nextFeature(g: Growth): bool {
  const features = g.features;
  while (g.undrawn > g.nConstants) {
    if (g.visited >= g.maxFeatures && g.visited > g.foundConstants + g.drawnConstants) return false;
    g.visited++;
    const drawn = g.drawnConstants + draw(g, g.undrawn - g.foundConstants - g.drawnConstants);
    if (drawn < g.knownConstants) {
      exchange(features, drawn, g.drawnConstants++);
      continue;
    }
    const at = drawn + g.foundConstants;
    const outcome = tryFeature(g, load<i32>(features + ((<usize>at) << 2)));
    if (outcome === TRIED) {
      exchange(features, at, --g.undrawn);
    } else if (outcome === CONSTANT) {
      exchange(features, at, g.nConstants++);
      g.foundConstants++;
    } else {
      undoSearch(g);
      startOver(g);
    }
    return true;
  }
  return false;
}

/** Siblings and descendants rely on the order of the inherited constants. */
export function rememberConstants(g: Growth): void {
  const known = (<usize>g.knownConstants) << 2;
  memory.copy(g.features, g.constants, known);
  memory.copy(g.constants + known, g.features + known, ((<usize>g.nConstants) << 2) - known);
}

/** The xorshift of src/random/xorshift.ts: uniform in [0, bound). */
function draw(g: Growth, bound: i32): i32 {
  let s = g.random === 0 ? 1 : g.random;
  s ^= s << 13;
  s ^= s >>> 17;
  s ^= s << 5;
  g.random = s;
  return (s & i32.MAX_VALUE) % bound;
}

function exchange(features: usize, i: i32, j: i32): void {
  const a = features + ((<usize>i) << 2);
  const b = features + ((<usize>j) << 2);
  const kept = load<i32>(a);
  store<i32>(a, load<i32>(b));
  store<i32>(b, kept);
}

/** Looks for the best cut of a feature. */
function tryFeature(g: Growth, feature: i32): i32 {
  const n = g.end - g.start;
  if (n === 2) return tryPair(g, feature);
  const openBefore = g.nOpenTies;
  const entries = sorted(g, feature);
  const hasOpenTies = g.nOpenTies > openBefore;
  if (!isApart(g, feature, codeAt(g, feature, entries, 0), codeAt(g, feature, entries, n - 1))) return CONSTANT;
  const from = max(1, g.minSamplesLeaf);
  let cut: i32;
  if (hasOpenTies || g.isDoubtful) {
    cut = clearlyBestCut(g, feature, entries, from, n - from, hasOpenTies);
    if (cut < 0) return UNDECIDED;
  } else {
    cut = bestCut(g, feature, entries, from, n - from);
  }
  takeCut(g, feature, entries, cut);
  return TRIED;
}

/** One cut is as good as another but for the rounding of sums, which the order decides: either order is judged once. */
function tryPair(g: Growth, feature: i32): i32 {
  const order = orderPair(g, feature);
  if (order === NOT_APART) return CONSTANT;
  if ((g.judgedOrders & order) === 0) {
    g.judgedOrders |= order;
    takeCut(g, feature, g.entries, bestCut(g, feature, g.entries, 1, 1));
  }
  return TRIED;
}

/** Notes the best cut so far, if there is one. */
function takeCut(g: Growth, feature: i32, entries: usize, cut: i32): void {
  if (cut === 0) return;
  g.feature = feature;
  g.pos = g.start + cut;
  g.lowCode = codeAt(g, feature, entries, cut - 1);
  g.highCode = codeAt(g, feature, entries, cut);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function codeAt(g: Growth, feature: i32, entries: usize, p: i32): u32 {
  return codeOf(g, feature, load<u32>(entries + ((<usize>p) << 2)) & ROW);
}

function bestCut(g: Growth, feature: i32, entries: usize, from: i32, to: i32): i32 {
  if (g.classes === 1) return bestSquaredErrorCut(g, feature, entries, from, to);
  if (g.classes === 2) return bestGiniCutOfTwo(g, feature, entries, from, to);
  return bestGiniCut(g, feature, entries, from, to);
}

/** A cut that is better than all so far, or than which they are better, whatever the order of ties; else -1. */
function clearlyBestCut(g: Growth, feature: i32, entries: usize, from: i32, to: i32, hasOpenTies: bool): i32 {
  const known = g.best;
  g.best = known - g.slack;
  const cut = bestCut(g, feature, entries, from, to);
  const best = g.best;
  if (cut === 0) {
    g.best = known;
    return 0;
  }
  if (best <= known + g.slack) return -1;
  if (hasOpenTies) {
    g.best = best - g.slack;
    const isClose = bestCut(g, feature, entries, from, cut - 1) > 0 || bestCut(g, feature, entries, cut + 1, to) > 0;
    if (isClose) return -1;
  }
  g.best = best;
  g.isDoubtful = <i32>hasOpenTies;
  return cut;
}

/** The open node in the order of a column. */
function sorted(g: Growth, feature: i32): usize {
  const n = g.end - g.start;
  if (!isPresorted(g, feature, n)) {
    settleOrder(g);
    sortNode(g, feature);
    return g.entries;
  }
  const entries = columnOrder(g, feature);
  if (g.isExact || hasNoTies(entries, n)) {
    g.pendingOrder = feature;
    g.nOpenTies = 0;
    return entries;
  }
  if (g.leavesTiesOpen) {
    noteOpenTies(g, feature);
    return entries;
  }
  settleOrder(g);
  sortLikeReference(g, feature);
  return g.entries;
}
