/**
 * Where sums round, the order of ties decides their last digits, and that order is known only after the sort of
 * scikit-learn, which is slow. But a search compares sums, and hardly ever are two so close that the last digits decide.
 * So presorted columns with ties are searched as they lie. Where the best split beats all others by more than the order
 * of ties could move it, the search was right; else it is done again, with every column sorted. The order itself is made
 * up for once the search is over: only the last columns count.
 */
import { Growth } from './growth.as';
import { takeOrder } from './presorted.as';
import { sortLikeReference } from './sort-node.as';

const EPSILON: f64 = 2.220446049250313e-16; // 2^-52

/** Begins a search that leaves ties open; the node's samples are in order. */
export function leaveTiesOpen(g: Growth): void {
  const n = g.end - g.start;
  g.leavesTiesOpen = 1;
  g.isDoubtful = 0;
  g.randomBefore = g.random;
  memory.copy(g.featuresBefore, g.features, (<usize>g.columns) << 2);
  memory.copy(g.samplesBefore, g.samples + ((<usize>g.start) << 2), (<usize>n) << 2);
  // Two sums s of n terms w y differ by at most 2 n e sum |w y| <= 2 n e sqrt(W Q), with Q = sum w y^2, and s <= sqrt(w Q).
  // So s^2 / w moves by at most 4 n e Q sqrt(W / w), where w >= 1, and there are two sides.
  g.slack = 8 * EPSILON * n * Math.sqrt(g.weighted) * g.squares;
}

/** Puts everything back as `leaveTiesOpen` found it. */
export function undoSearch(g: Growth): void {
  g.leavesTiesOpen = 0;
  g.random = g.randomBefore;
  memory.copy(g.features, g.featuresBefore, (<usize>g.columns) << 2);
  memory.copy(g.samples + ((<usize>g.start) << 2), g.samplesBefore, (<usize>(g.end - g.start)) << 2);
}

export function noteOpenTies(g: Growth, feature: i32): void {
  store<i32>(g.openTies + (<usize>(g.nOpenTies++) << 2), feature);
}

/** Where sums round, samples take the order of each column looked at, presorted ones only when it matters. */
export function settleOrder(g: Growth): void {
  if (g.pendingOrder >= 0 && !g.isExact) takeOrder(g, g.pendingOrder);
  g.pendingOrder = -1;
  for (let k = 0; k < g.nOpenTies; k++) sortLikeReference(g, load<i32>(g.openTies + ((<usize>k) << 2)));
  g.nOpenTies = 0;
}
