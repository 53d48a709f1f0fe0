import type { CutPass } from './criterion.ts';

/**
 * The walks over all cuts of one sorted feature for one output. They keep running sums in locals, give the same
 * proxies to the last bit as `Criterion.bestCut`, and are the innermost loops of trees and forests.
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
  const { samples, end, weighted } = node;
  let { best } = pass;
  let cut = -1;
  let left0 = 0;
  let left1 = 0;
  let weightLeft = 0;
  let pos = node.start;
  for (let p = node.start; p < from - 1; p++) {
    const at = 2 * samples[p]!;
    left0 += shares[at]!;
    left1 += shares[at + 1]!;
    weightLeft += shares[at]! + shares[at + 1]!;
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
      left0 = total0;
      left1 = total1;
      weightLeft = weighted;
      for (let q = end - 1; q >= p; q--) {
        const back = 2 * samples[q]!;
        left0 -= shares[back]!;
        left1 -= shares[back + 1]!;
        weightLeft -= shares[back]! + shares[back + 1]!;
      }
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
      cut = p;
    }
  }
  pass.best = best;
  pass.cut = cut;
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
  let cut = -1;
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
      cut = p;
    }
  }
  pass.best = best;
  pass.cut = cut;
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
  let cut = -1;
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
      cut = p;
    }
  }
  pass.best = best;
  pass.cut = cut;
}
