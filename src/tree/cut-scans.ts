import type { CutPass } from './criterion.ts';

/**
 * The walks over all cuts of one sorted feature for one output. They keep running sums in locals, give the same
 * proxies to the last bit as `Criterion.bestCut`, and are the innermost loops of trees and forests. They begin with
 * `pass.cut` at -1.
 *
 * Nothing comes after the loops: the first walk is the longest, engines compile it while it runs, and what they have
 * not yet seen running they compile blind, to throw the code away each time they get there (V8 of Node 20).
 */

/** The node under the walk. */
export interface ScanNode {
  samples: Int32Array;
  start: number;
  end: number;
  weighted: number;
}

/**
 * Gini impurity of two classes. `shares` holds for each row its weight as class 0 and as class 1, one of them 0.
 */
export function scanGiniOfTwo(
  pass: CutPass,
  node: ScanNode,
  shares: Float64Array,
  total0: number,
  total1: number,
): void {
  const { keys, near, offset, from, to, minWeightLeaf } = pass;
  const { samples, start, end, weighted } = node;
  let { best } = pass;
  let left0 = 0;
  let left1 = 0;
  let weightLeft = 0;
  let pos = start;
  for (let p = start; p < from - 1; p++) {
    left0 += shares[2 * samples[p]!]!;
    left1 += shares[2 * samples[p]! + 1]!;
    weightLeft += shares[2 * samples[p]!]! + shares[2 * samples[p]! + 1]!;
  }
  let before = keys[from - 1]!;
  for (let p = from; p <= to; p++) {
    const at = 2 * samples[p - 1]!;
    const share0 = shares[at]!;
    const share1 = shares[at + 1]!;
    left0 += share0;
    left1 += share1;
    weightLeft += share0 + share1;
    const key = keys[p]!;
    if (key === before) continue;
    before = key;
    if (near[offset + key] === 1 && !pass.isCut(p)) continue;
    if (p - pos > end - p) {
      left0 = takeBack(total0, shares, 0, samples, p, end);
      left1 = takeBack(total1, shares, 1, samples, p, end);
      weightLeft = takeBackBoth(weighted, shares, samples, p, end);
    }
    pos = p;
    const weightRight = weighted - weightLeft;
    if (weightLeft < minWeightLeaf || weightRight < minWeightLeaf) continue;
    const right0 = total0 - left0;
    const right1 = total1 - left1;
    const giniLeft = 1 - (left0 * left0 + left1 * left1) / (weightLeft * weightLeft);
    const giniRight = 1 - (right0 * right0 + right1 * right1) / (weightRight * weightRight);
    const proxy = -weightRight * giniRight - weightLeft * giniLeft;
    if (proxy > best) {
      best = proxy;
      pass.best = proxy;
      pass.cut = p;
    }
  }
}

/**
 * What is left of a cut at p, from the far end: the total less what is right of it. `pairs` holds two numbers per row,
 * of which the one at `place` is summed.
 */
function takeBack(
  total: number,
  pairs: Float64Array,
  place: 0 | 1,
  samples: Int32Array,
  p: number,
  end: number,
): number {
  let left = total;
  for (let q = end - 1; q >= p; q--) left -= pairs[2 * samples[q]! + place]!;
  return left;
}

function takeBackBoth(total: number, pairs: Float64Array, samples: Int32Array, p: number, end: number): number {
  let left = total;
  for (let q = end - 1; q >= p; q--) left -= pairs[2 * samples[q]!]! + pairs[2 * samples[q]! + 1]!;
  return left;
}

/**
 * Gini impurity of any number of classes where all sums are exact integers: then the sums of squares may be updated
 * instead of computed anew. `left` and `total` are weighted counts by class.
 */
export function scanExactGini(
  pass: CutPass,
  node: ScanNode,
  labels: Int32Array,
  weights: Float64Array,
  left: Float64Array,
  total: Float64Array,
): void {
  const { keys, near, offset, from, to, minWeightLeaf } = pass;
  const { samples, weighted } = node;
  let { best } = pass;
  let weightLeft = 0;
  let squaresLeft = 0;
  let squaresRight = 0;
  left.fill(0);
  for (let c = 0; c < total.length; c++) squaresRight += total[c]! * total[c]!;
  for (let p = node.start + 1; p <= to; p++) {
    const i = samples[p - 1]!;
    const w = weights[i]!;
    const c = labels[i]!;
    const count = left[c]!;
    left[c] = count + w;
    weightLeft += w;
    // (l + w)^2 - l^2 and (r - w)^2 - r^2
    squaresLeft += w * (2 * count + w);
    squaresRight += w * (w - 2 * (total[c]! - count));
    const key = keys[p]!;
    if (p < from || key === keys[p - 1]) continue;
    if (near[offset + key] === 1 && !pass.isCut(p)) continue;
    const weightRight = weighted - weightLeft;
    if (weightLeft < minWeightLeaf || weightRight < minWeightLeaf) continue;
    const giniLeft = 1 - squaresLeft / (weightLeft * weightLeft);
    const giniRight = 1 - squaresRight / (weightRight * weightRight);
    const proxy = -weightRight * giniRight - weightLeft * giniLeft;
    if (proxy > best) {
      best = proxy;
      pass.best = proxy;
      pass.cut = p;
    }
  }
}

/**
 * Entropy where all weights are integers below the length of `xlogx` (x log2 x): a running proxy from the table, good
 * to about 1e-10, dismisses nearly all cuts; `exact` decides about the rest.
 */
export function scanExactEntropy(
  pass: CutPass,
  node: ScanNode,
  labels: Int32Array,
  weights: Float64Array,
  left: Float64Array,
  total: Float64Array,
  xlogx: Float64Array,
  exact: (left: Float64Array, weightLeft: number) => number,
): void {
  const { keys, near, offset, from, to, minWeightLeaf } = pass;
  const { samples, weighted } = node;
  const slack = 1e-9 * (xlogx[weighted]! + 1);
  let { best } = pass;
  let weightLeft = 0;
  let classTerms = 0;
  left.fill(0);
  for (let c = 0; c < total.length; c++) classTerms += xlogx[total[c]!]!;
  for (let p = node.start + 1; p <= to; p++) {
    const i = samples[p - 1]!;
    const w = weights[i]!;
    const c = labels[i]!;
    const count = left[c]!;
    const rest = total[c]! - count;
    left[c] = count + w;
    weightLeft += w;
    classTerms += xlogx[count + w]! - xlogx[count]! + (xlogx[rest - w]! - xlogx[rest]!);
    const key = keys[p]!;
    if (p < from || key === keys[p - 1]) continue;
    const weightRight = weighted - weightLeft;
    if (classTerms - xlogx[weightLeft]! - xlogx[weightRight]! < best - slack) continue;
    if (near[offset + key] === 1 && !pass.isCut(p)) continue;
    if (weightLeft < minWeightLeaf || weightRight < minWeightLeaf) continue;
    const proxy = exact(left, weightLeft);
    if (proxy > best) {
      best = proxy;
      pass.best = proxy;
      pass.cut = p;
    }
  }
}

/** Squared error. `pairs` holds each row's weight, and weight times target. */
export function scanSquaredError(pass: CutPass, node: ScanNode, pairs: Float64Array, total: number): void {
  const { keys, near, offset, from, to, minWeightLeaf } = pass;
  const { samples, start, end, weighted } = node;
  let { best } = pass;
  let left = 0;
  let weightLeft = 0;
  let pos = start;
  for (let p = start; p < from - 1; p++) {
    weightLeft += pairs[2 * samples[p]!]!;
    left += pairs[2 * samples[p]! + 1]!;
  }
  let before = keys[from - 1]!;
  for (let p = from; p <= to; p++) {
    const at = 2 * samples[p - 1]!;
    weightLeft += pairs[at]!;
    left += pairs[at + 1]!;
    const key = keys[p]!;
    if (key === before) continue;
    before = key;
    if (near[offset + key] === 1 && !pass.isCut(p)) continue;
    if (p - pos > end - p) {
      weightLeft = takeBack(weighted, pairs, 0, samples, p, end);
      left = takeBack(total, pairs, 1, samples, p, end);
    }
    pos = p;
    const weightRight = weighted - weightLeft;
    if (weightLeft < minWeightLeaf || weightRight < minWeightLeaf) continue;
    const right = total - left;
    const proxy = (left * left) / weightLeft + (right * right) / weightRight;
    if (proxy > best) {
      best = proxy;
      pass.best = proxy;
      pass.cut = p;
    }
  }
}
