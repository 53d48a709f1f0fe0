/** The sums of a node and of both sides of its split, and the impurities that follow from them. */
import { Growth } from './growth.as';

// @ts-ignore: a decorator of AssemblyScript
@inline
function rowAt(g: Growth, p: i32): usize {
  return <usize>load<u32>(g.samples + ((<usize>p) << 2));
}

/** Adds the class weights of samples to `sums`, and returns their weight. */
function countClasses(g: Growth, from: i32, to: i32, sums: usize): f64 {
  memory.fill(sums, 0, (<usize>g.classes) << 3);
  let weighted: u32 = 0;
  for (let p = from; p < to; p++) {
    const word = load<u32>(g.info + (rowAt(g, p) << 2));
    const sum = sums + ((<usize>(word & 0xff)) << 3);
    store<f64>(sum, load<f64>(sum) + <f64>(word >> 8));
    weighted += word >> 8;
  }
  return <f64>weighted;
}

function squaresOf(sums: usize, count: i32): f64 {
  let squares: f64 = 0;
  for (let c = 0; c < count; c++) {
    const own = load<f64>(sums + ((<usize>c) << 3));
    squares += own * own;
  }
  return squares;
}

/** Sums over the open node; of the root, its impurity too. */
export function sumClasses(g: Growth): void {
  g.weighted = countClasses(g, g.start, g.end, g.total);
  if (g.parent < 0) g.impurity = 1 - squaresOf(g.total, g.classes) / (g.weighted * g.weighted);
}

/** Impurities of both sides; returns the decrease that the split brings, weighted by the node's share of all samples. */
export function judgeClassSplit(g: Growth): f64 {
  const left = g.left;
  const isLeftSmaller = g.pos - g.start <= g.end - g.pos;
  let weightLeft = isLeftSmaller ? countClasses(g, g.start, g.pos, left) : countClasses(g, g.pos, g.end, left);
  if (!isLeftSmaller) {
    weightLeft = g.weighted - weightLeft;
    for (let at: usize = 0, end = (<usize>g.classes) << 3; at < end; at += 8) {
      store<f64>(left + at, load<f64>(g.total + at) - load<f64>(left + at));
    }
  }
  const weightRight = g.weighted - weightLeft;
  g.impurityLeft = 1 - squaresOf(left, g.classes) / (weightLeft * weightLeft);
  for (let at: usize = 0, end = (<usize>g.classes) << 3; at < end; at += 8) {
    store<f64>(left + at, load<f64>(g.total + at) - load<f64>(left + at));
  }
  g.impurityRight = 1 - squaresOf(left, g.classes) / (weightRight * weightRight);
  return improvement(g, weightLeft, weightRight);
}

/** As `sumClasses`, of weights, weighted targets and weighted squared targets, in the order of the samples. */
export function sumTargets(g: Growth): void {
  let sums = f64x2.splat(0);
  let squares: f64 = 0;
  for (let p = g.start; p < g.end; p++) {
    const row = rowAt(g, p);
    const pair = v128.load(g.info + (row << 4));
    sums = f64x2.add(sums, pair);
    squares += f64x2.extract_lane(pair, 1) * load<f64>(g.targets + (row << 3));
  }
  g.weighted = f64x2.extract_lane(sums, 0);
  g.sum = f64x2.extract_lane(sums, 1);
  g.squares = squares;
  if (g.parent < 0) g.impurity = squares / g.weighted - square(g.sum / g.weighted);
}

/** As `judgeClassSplit`; the sums of the left side are added up from the nearer end, as scikit-learn does. */
export function judgeTargetSplit(g: Growth): f64 {
  let sums = f64x2.splat(0);
  let squares: f64 = 0;
  for (let p = g.start; p < g.pos; p++) {
    const row = rowAt(g, p);
    const pair = v128.load(g.info + (row << 4));
    sums = f64x2.add(sums, pair);
    squares += f64x2.extract_lane(pair, 1) * load<f64>(g.targets + (row << 3));
  }
  if (g.pos - g.start > g.end - g.pos) {
    sums = f64x2(g.weighted, g.sum);
    for (let p = g.end - 1; p >= g.pos; p--) sums = f64x2.sub(sums, v128.load(g.info + (rowAt(g, p) << 4)));
  }
  const weightLeft = f64x2.extract_lane(sums, 0);
  const weightRight = g.weighted - weightLeft;
  const sumLeft = f64x2.extract_lane(sums, 1);
  g.impurityLeft = squares / weightLeft - square(sumLeft / weightLeft);
  g.impurityRight = (g.squares - squares) / weightRight - square((g.sum - sumLeft) / weightRight);
  return improvement(g, weightLeft, weightRight);
}

function improvement(g: Growth, weightLeft: f64, weightRight: f64): f64 {
  return (
    (g.weighted / g.weightedTotal) *
    (g.impurity - (weightRight / g.weighted) * g.impurityRight - (weightLeft / g.weighted) * g.impurityLeft)
  );
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function square(x: f64): f64 {
  return x * x;
}
