/**
 * The search for a node's split, as src/tree/split-search.ts describes it: features are drawn without replacement, by an
 * exchange shuffle that knows which are constant.
 */
import { bestGiniCut, bestGiniCutOfTwo, bestSquaredErrorCut } from './best-cut.as';
import { codeOf, Growth, isApart, ROW } from './growth.as';
import { columnOrder, hasNoTies, isPresorted, takeOrder } from './presorted.as';
import { sortLikeReference, sortNode } from './sort-node.as';

export function beginSearch(g: Growth): void {
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
    if (tryFeature(g, load<i32>(features + ((<usize>at) << 2)))) {
      exchange(features, at, --g.undrawn);
    } else {
      exchange(features, at, g.nConstants++);
      g.foundConstants++;
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

/** Looks for the best cut of a feature; false if the feature is constant in the node. */
function tryFeature(g: Growth, feature: i32): bool {
  const n = g.end - g.start;
  const entries = sorted(g, feature);
  const low = codeOf(g, feature, load<u32>(entries) & ROW);
  const high = codeOf(g, feature, load<u32>(entries + ((<usize>(n - 1)) << 2)) & ROW);
  if (!isApart(g, feature, low, high)) return false;
  const cut =
    g.classes === 1
      ? bestSquaredErrorCut(g, feature, entries)
      : g.classes === 2
        ? bestGiniCutOfTwo(g, feature, entries)
        : bestGiniCut(g, feature, entries);
  if (cut > 0) {
    g.feature = feature;
    g.pos = g.start + cut;
    g.lowCode = codeOf(g, feature, load<u32>(entries + ((<usize>(cut - 1)) << 2)) & ROW);
    g.highCode = codeOf(g, feature, load<u32>(entries + ((<usize>cut) << 2)) & ROW);
  }
  return true;
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
    return entries;
  }
  settleOrder(g);
  sortLikeReference(g, feature);
  return g.entries;
}

/** Where sums round, samples take the order of each column looked at, presorted ones only when it matters. */
export function settleOrder(g: Growth): void {
  if (g.pendingOrder >= 0 && !g.isExact) takeOrder(g, g.pendingOrder);
  g.pendingOrder = -1;
}
