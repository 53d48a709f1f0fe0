/**
 * The walks over all cuts of one sorted node, one per criterion: the innermost loops. They give the proxies of
 * src/tree/criterion.ts to the last bit, raise `best` to the greatest that beats it, and return its cut (the number of
 * samples left of it, in [from, to]), or 0 where none does.
 */
import { codeOf, DIFFERS, Growth, isApart, NEAR, ROW } from './growth.as';

/** 1 in the lane of the left side, and the sign bit in that of the right side. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function rightSign(): v128 {
  return i64x2(0, i64.MIN_VALUE);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function entryAt(entries: usize, p: i32): u32 {
  return load<u32>(entries + ((<usize>p) << 2));
}

/** Whether a cut may pass before position p, whose entry differs from the one before. */
function mayCut(g: Growth, feature: i32, entries: usize, p: i32): bool {
  const low = codeOf(g, feature, entryAt(entries, p - 1) & ROW);
  return isApart(g, feature, low, codeOf(g, feature, entryAt(entries, p) & ROW));
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function isTooLight(g: Growth, weights: v128): bool {
  return f64x2.extract_lane(weights, 0) < g.minWeightLeaf || f64x2.extract_lane(weights, 1) < g.minWeightLeaf;
}

/** The weighted impurity of both sides, summed and negated, from the sums of squared class weights of each. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function giniProxy(squares: v128, weights: v128): f64 {
  const gini = f64x2.sub(f64x2.splat(1), f64x2.div(squares, f64x2.mul(weights, weights)));
  const weighted = f64x2.mul(weights, gini);
  return -f64x2.extract_lane(weighted, 1) - f64x2.extract_lane(weighted, 0);
}

/** How far a bound on impurities may be off, relative to it and to the node's weight. */
const SLACK: f64 = 1e-9;
const ROUNDING: f64 = 1e-15;

/**
 * Gini impurity of two classes, all weights whole numbers. With class weights l0, l1 left and r0, r1 right of a cut the
 * proxy is -2 (l0 l1 / l + r0 r1 / r): multiplied out, without division, that dismisses nearly all cuts.
 */
export function bestGiniCutOfTwo(g: Growth, feature: i32, entries: usize, from: i32, to: i32): i32 {
  const info = g.info;
  const checksWeight = g.minWeightLeaf > 0;
  const total = g.weighted;
  const total1 = load<f64>(g.total, 8);
  let best = g.best;
  let bound = -0.5 * best * (1 + SLACK) + ROUNDING * total;
  let cut = 0;
  let left: f64 = 0;
  let left1: f64 = 0;
  for (let p = 1; p <= to; p++) {
    const word = load<u32>(info + ((<usize>(entryAt(entries, p - 1) & ROW)) << 2));
    const weight = word >> 8;
    left += <f64>(<i32>weight);
    left1 += <f64>(<i32>(weight & (0 - (word & 1))));
    const entry = entryAt(entries, p);
    if ((entry & DIFFERS) === 0 || p < from) continue;
    const right = total - left;
    const right1 = total1 - left1;
    const left0 = left - left1;
    const right0 = right - right1;
    if (left0 * left1 * right + right0 * right1 * left > bound * (left * right)) continue;
    if ((entry & NEAR) !== 0 && !mayCut(g, feature, entries, p)) continue;
    const weights = f64x2(left, right);
    if (checksWeight && isTooLight(g, weights)) continue;
    const proxy = giniProxy(f64x2(left0 * left0 + left1 * left1, right0 * right0 + right1 * right1), weights);
    if (proxy > best) {
      best = proxy;
      bound = -0.5 * best * (1 + SLACK) + ROUNDING * total;
      cut = p;
    }
  }
  g.best = best;
  return cut;
}

/** Gini impurity of any number of classes, all weights whole numbers: sums of squares are updated, not computed anew. */
export function bestGiniCut(g: Growth, feature: i32, entries: usize, from: i32, to: i32): i32 {
  const info = g.info;
  const left = g.left;
  const total = g.total;
  const checksWeight = g.minWeightLeaf > 0;
  let best = g.best;
  let cut = 0;
  let rightSquares: f64 = 0;
  for (let c = 0; c < g.classes; c++) {
    const own = load<f64>(total + ((<usize>c) << 3));
    rightSquares += own * own;
  }
  memory.fill(left, 0, (<usize>g.classes) << 3);
  let weights = f64x2(0, g.weighted);
  let squares = f64x2(0, rightSquares);
  for (let p = 1; p <= to; p++) {
    const word = load<u32>(info + ((<usize>(entryAt(entries, p - 1) & ROW)) << 2));
    const weight = <f64>(word >> 8);
    const place = (<usize>(word & 0xff)) << 3;
    const count = load<f64>(left + place);
    store<f64>(left + place, count + weight);
    const rest = load<f64>(total + place) - count;
    weights = f64x2.add(weights, v128.xor(f64x2.splat(weight), rightSign()));
    // (l + w)^2 - l^2 and (r - w)^2 - r^2
    squares = f64x2.add(squares, f64x2(weight * (2 * count + weight), weight * (weight - 2 * rest)));
    const entry = entryAt(entries, p);
    if ((entry & DIFFERS) === 0 || p < from) continue;
    if ((entry & NEAR) !== 0 && !mayCut(g, feature, entries, p)) continue;
    if (checksWeight && isTooLight(g, weights)) continue;
    const proxy = giniProxy(squares, weights);
    if (proxy > best) {
      best = proxy;
      cut = p;
    }
  }
  g.best = best;
  return cut;
}

/** Squared error; rows have weight and weighted target side by side, and so have the sums of each side. */
export function bestSquaredErrorCut(g: Growth, feature: i32, entries: usize, from: i32, to: i32): i32 {
  const n = g.end - g.start;
  const info = g.info;
  const checksWeight = g.minWeightLeaf > 0;
  const total = f64x2(g.weighted, g.sum);
  let best = g.best;
  let cut = 0;
  let pos = 0;
  let left = f64x2.splat(0);
  for (let p = 1; p <= to; p++) {
    left = f64x2.add(left, v128.load(info + ((<usize>(entryAt(entries, p - 1) & ROW)) << 4)));
    const entry = entryAt(entries, p);
    if ((entry & DIFFERS) === 0 || p < from) continue;
    if ((entry & NEAR) !== 0 && !mayCut(g, feature, entries, p)) continue;
    if (p - pos > n - p) left = takeBack(total, info, entries, p, n);
    pos = p;
    const right = f64x2.sub(total, left);
    const weights = i64x2.shuffle(left, right, 0, 2);
    if (checksWeight && isTooLight(g, weights)) continue;
    const sums = i64x2.shuffle(left, right, 1, 3);
    const gains = f64x2.div(f64x2.mul(sums, sums), weights);
    const proxy = f64x2.extract_lane(gains, 0) + f64x2.extract_lane(gains, 1);
    if (proxy > best) {
      best = proxy;
      cut = p;
    }
  }
  g.best = best;
  return cut;
}

/** What is left of a cut, from the far end: the total less what is right of it. */
function takeBack(total: v128, info: usize, entries: usize, p: i32, n: i32): v128 {
  let left = total;
  for (let q = n - 1; q >= p; q--) {
    left = f64x2.sub(left, v128.load(info + ((<usize>(entryAt(entries, q) & ROW)) << 4)));
  }
  return left;
}
