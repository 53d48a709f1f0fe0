/**
 * l1-penalised logistic regression by quadratic models: each is minimised by coordinate descent over features in
 * random order, and a line search takes the step. Features at zero that are far from leaving it are set aside.
 *
 * Source: G.-X. Yuan, C.-H. Ho and C.-J. Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13
 * (2012), algorithm 3; constants and order of features are LIBLINEAR's.
 */
import type { Matrix } from '../../array/index.ts';
import type { RandomStream } from '../../random/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { sumAbs } from '../vectors.ts';
import { shuffleFirst } from './bounded-draw.ts';
import type { LiblinearProblem, LiblinearResult } from './problem.ts';

/** Added to the Hessian's diagonal. */
const NU = 1e-12;
const MAX_CYCLES = 1000;
const MAX_HALVINGS = 20;
/** Share of the model's decrease that the line search asks for. */
const SUFFICIENT = 0.01;
/** Steps of one coordinate stay within this. */
const MAX_MOVE = 10;
const NEGLIGIBLE = 1e-12;

/** The current point, and what the loss's quadratic model there is made of. */
interface Point {
  /** Features × samples: a feature's values lie side by side. */
  readonly features: Matrix;
  readonly problem: LiblinearProblem;
  readonly w: Float64Array;
  /** exp(w.x) of each sample. */
  readonly odds: Float64Array;
  /** cost / (1 + odds): the derivative for a sample of the second class, sign apart. */
  readonly pull: Float64Array;
  /** Second derivative of each sample's loss by its score. */
  readonly bend: Float64Array;
  readonly gradient: Float64Array;
  readonly diagonal: Float64Array;
  /** Sum of cost × value over the first class, per feature. */
  readonly negativeSum: Float64Array;
  readonly order: Int32Array;
}

/** Stops when the summed violations of the optimality conditions are at most `tol` times those at zero. */
export function* l1CoordinateDescent(
  problem: LiblinearProblem,
  tol: number,
  maxIter: number,
  random: RandomStream,
): Work<LiblinearResult> {
  const point = startingPoint(problem);
  let first = 0;
  let bound = Infinity;
  let precision = 1;
  for (let nIter = 0; nIter < maxIter; nIter++) {
    const outer = yield* differentiate(point, bound);
    if (nIter === 0) first = outer.violations;
    if (outer.violations <= tol * first) return { w: point.w, nIter, converged: true };
    const model = yield* minimiseModel(point, outer.active, precision * first, random);
    yield* lineSearch(point, model.target, model.scores);
    if (model.cycles === 1) precision *= 0.25;
    bound = outer.largest;
  }
  return { w: point.w, nIter: maxIter, converged: false };
}

function startingPoint(problem: LiblinearProblem): Point {
  const { X, signs, costs } = problem;
  const [n, p] = [X.rows, X.columns];
  const features = X.transpose();
  const negativeSum = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i < n; i++) if (signs[i]! < 0) negativeSum[j]! += costs[i]! * features.data[j * n + i]!;
  }
  const point: Point = {
    features,
    problem,
    w: new Float64Array(p),
    odds: new Float64Array(n).fill(1),
    pull: new Float64Array(n),
    bend: new Float64Array(n),
    gradient: new Float64Array(p),
    diagonal: new Float64Array(p),
    negativeSum,
    order: new Int32Array(p).map((_, j) => j),
  };
  refreshModel(point);
  return point;
}

function refreshModel({ odds, pull, bend, problem: { costs } }: Point): void {
  for (let i = 0; i < odds.length; i++) {
    const share = 1 / (1 + odds[i]!);
    pull[i] = costs[i]! * share;
    bend[i] = costs[i]! * odds[i]! * share * share;
  }
}

interface Violations {
  /** How many features, at the front of `order`, take part in the model. */
  readonly active: number;
  readonly violations: number;
  readonly largest: number;
}

/** Gradient and diagonal of the Hessian for all features; those that will stay at zero go to the end of the order. */
function* differentiate(point: Point, bound: number): Work<Violations> {
  const { features, w, gradient, diagonal, order, pull, bend, negativeSum } = point;
  const n = features.columns;
  let active = order.length;
  let violations = 0;
  let largest = 0;
  let ops = 0;
  for (let at = 0; at < active; at++) {
    const j = order[at]!;
    let pulled = 0;
    let bent = NU;
    for (let i = 0; i < n; i++) {
      const value = features.data[j * n + i]!;
      bent += value * value * bend[i]!;
      pulled += value * pull[i]!;
    }
    gradient[j] = negativeSum[j]! - pulled;
    diagonal[j] = bent;
    ops += 2 * n;
    if (staysAtZero(w[j]!, gradient[j]!, bound / n)) {
      active--;
      swap(order, at, active);
      at--;
      continue;
    }
    const own = violation(w[j]!, gradient[j]!);
    violations += own;
    largest = Math.max(largest, own);
    if (ops < MAX_OPS) continue;
    yield { ops };
    ops = 0;
  }
  return { active, violations, largest };
}

/** How far the subgradient of `gradient * w + |w|` is from containing zero. */
function violation(w: number, gradient: number): number {
  if (w > 0) return Math.abs(gradient + 1);
  if (w < 0) return Math.abs(gradient - 1);
  return Math.max(0, -(gradient + 1), gradient - 1);
}

function staysAtZero(w: number, gradient: number, margin: number): boolean {
  return w === 0 && gradient + 1 > margin && gradient - 1 < -margin;
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a]!;
  order[a] = order[b]!;
  order[b] = kept;
}

interface ModelMinimum {
  readonly target: Float64Array;
  /** What the step from `w` to `target` adds to each sample's score. */
  readonly scores: Float64Array;
  readonly cycles: number;
}

/** Cycles over the active features until their summed violations in the model are at most `enough`. */
function* minimiseModel(point: Point, active: number, enough: number, random: RandomStream): Work<ModelMinimum> {
  const { features, w, order } = point;
  const n = features.columns;
  const target = w.slice();
  const scores = new Float64Array(n);
  let bound = Infinity;
  let inner = active;
  let cycles = 0;
  while (cycles < MAX_CYCLES) {
    let violations = 0;
    let largest = 0;
    shuffleFirst(order, inner, random);
    let ops = 0;
    for (let at = 0; at < inner; at++) {
      const j = order[at]!;
      const slope = modelSlope(point, target, scores, j);
      ops += 3 * n;
      if (staysAtZero(target[j]!, slope, bound / n)) {
        inner--;
        swap(order, at, inner);
        at--;
        continue;
      }
      const own = violation(target[j]!, slope);
      violations += own;
      largest = Math.max(largest, own);
      moveCoordinate(point, target, scores, j, slope);
      if (ops < MAX_OPS) continue;
      yield { ops };
      ops = 0;
    }
    yield { ops };
    cycles++;
    bound = largest;
    if (violations > enough) continue;
    if (inner === active) break;
    inner = active;
    bound = Infinity;
  }
  return { target, scores, cycles };
}

function modelSlope(
  { features, w, gradient, bend }: Point,
  target: Float64Array,
  scores: Float64Array,
  j: number,
): number {
  const n = features.columns;
  let slope = gradient[j]! + (target[j]! - w[j]!) * NU;
  for (let i = 0; i < n; i++) slope += features.data[j * n + i]! * bend[i]! * scores[i]!;
  return slope;
}

/** Moves one coefficient to the minimum of its one-dimensional model. */
function moveCoordinate(
  { features, diagonal }: Point,
  target: Float64Array,
  scores: Float64Array,
  j: number,
  slope: number,
): void {
  const h = diagonal[j]!;
  const t = target[j]!;
  const best = slope + 1 < h * t ? -(slope + 1) / h : slope - 1 > h * t ? -(slope - 1) / h : -t;
  if (Math.abs(best) < NEGLIGIBLE) return;
  const move = Math.min(Math.max(best, -MAX_MOVE), MAX_MOVE);
  target[j]! += move;
  const n = features.columns;
  for (let i = 0; i < n; i++) scores[i]! += features.data[j * n + i]! * move;
}

/** Halves the step until the objective decreases enough, and goes there. */
function* lineSearch(point: Point, target: Float64Array, scores: Float64Array): Work<void> {
  const { w, gradient, odds, problem } = point;
  const { signs, costs } = problem;
  const before = sumAbs(w);
  let predicted = sumAbs(target) - before;
  for (let j = 0; j < w.length; j++) predicted += gradient[j]! * (target[j]! - w[j]!);
  const trial = new Float64Array(odds.length);
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    let change = sumAbs(target) - before - SUFFICIENT * predicted;
    for (let i = 0; i < odds.length; i++) {
      const factor = Math.exp(scores[i]!);
      trial[i] = odds[i]! * factor;
      const negative = signs[i]! < 0 ? scores[i]! : 0;
      change += costs[i]! * (Math.log((1 + trial[i]!) / (factor + trial[i]!)) + negative);
    }
    yield { ops: 4 * odds.length };
    if (change <= 0) {
      w.set(target);
      odds.set(trial);
      refreshModel(point);
      return;
    }
    for (let j = 0; j < w.length; j++) target[j] = (w[j]! + target[j]!) * 0.5;
    for (let i = 0; i < scores.length; i++) scores[i]! *= 0.5;
    predicted *= 0.5;
  }
  yield* recomputeOdds(point);
}

/** After a failed line search: the odds from the coefficients, free of the rounding of many updates. */
function* recomputeOdds({ features, w, odds }: Point): Work<void> {
  const n = features.columns;
  odds.fill(0);
  for (let j = 0; j < w.length; j++) {
    for (let i = 0; i < n; i++) odds[i]! += w[j]! * features.data[j * n + i]!;
    yield { ops: n };
  }
  for (let i = 0; i < n; i++) odds[i] = Math.exp(odds[i]!);
}
