/**
 * What bounds add to the directions of L-BFGS: the first minimum along the path of the projected gradient (the Cauchy
 * point), and the minimum of the quadratic model over the variables that are free there.
 *
 * Sources: R. Byrd, P. Lu, J. Nocedal and C. Zhu, "A limited memory algorithm for bound constrained optimization",
 * 1995, whose letters are used here; J. L. Morales and J. Nocedal, "Remark on Algorithm 778", 2011.
 */
import { Matrix } from '../array/index.ts';
import { matmul } from '../kernels/index.ts';
import { runSync } from '../work/index.ts';
import { type Bounds, clipInto, longestStep } from './bounds.ts';
import type { LbfgsMemory } from './lbfgs-memory.ts';
import { solveWork } from './lu.ts';
import { dot } from './vectors.ts';

/** B = theta I - W M W', with the rows of W kept per variable: (y_1 .. y_m, theta s_1 .. theta s_m). */
interface CompactModel {
  readonly theta: number;
  readonly W: Matrix;
  readonly M: Matrix;
}

/** Bounds of each variable, infinite where there is none, with what searches within them need. */
export function boundsBetween(lower: Float64Array, upper: Float64Array): Bounds {
  const bounds: Bounds = {
    lower,
    upper,
    direction: (x, gradient, memory) => boundedDirection(x, gradient, bounds, memory),
  };
  return bounds;
}

/**
 * The step from x to the minimum of the model within the bounds, or `undefined` where the memory makes the model
 * singular and must be forgotten.
 */
function boundedDirection(
  x: Float64Array,
  gradient: Float64Array,
  bounds: Bounds,
  memory: LbfgsMemory,
): Float64Array | undefined {
  const model = compactModel(memory, x.length);
  if (model === undefined) return undefined;
  const { point, c } = cauchyPoint(x, gradient, bounds, model);
  const target = memory.pairs.length === 0 ? point : subspaceMinimum(x, gradient, bounds, model, point, c);
  return target?.map((value, i) => value - x[i]!);
}

function compactModel({ pairs, theta }: LbfgsMemory, n: number): CompactModel | undefined {
  const m = pairs.length;
  const W = Matrix.zeros(n, 2 * m).map((_, i, j) => (j < m ? pairs[j]!.y[i]! : theta * pairs[j - m]!.s[i]!));
  const inverse = Matrix.zeros(2 * m, 2 * m);
  for (let i = 0; i < m; i++) {
    inverse.set(i, i, -pairs[i]!.sy);
    for (let j = 0; j < m; j++) {
      inverse.set(m + i, m + j, theta * dot(pairs[i]!.s, pairs[j]!.s));
      if (i <= j) continue;
      const below = dot(pairs[i]!.s, pairs[j]!.y);
      inverse.set(m + i, j, below);
      inverse.set(j, m + i, below);
    }
  }
  const M = runSync(solveWork(inverse, identity(2 * m)));
  return M === undefined ? undefined : { theta, W, M };
}

/** The first minimum of the model along the projected gradient path, and c = W'(point - x). */
function cauchyPoint(
  x: Float64Array,
  gradient: Float64Array,
  { lower, upper }: Bounds,
  { theta, W, M }: CompactModel,
): { point: Float64Array; c: Float64Array } {
  const breaks = gradient.map((g, i) => (g < 0 ? (x[i]! - upper[i]!) / g : g > 0 ? (x[i]! - lower[i]!) / g : Infinity));
  const d = gradient.map((g, i) => (breaks[i]! > 0 ? -g : 0));
  const point = x.slice();
  const p = timesTransposed(W, d);
  const c = new Float64Array(p.length);
  let slope = -dot(d, d);
  let curvature = -theta * slope - quadratic(M, p, p);
  const leastCurvature = Number.EPSILON * -theta * slope;
  let time = 0;
  const order = Array.from(breaks.keys())
    .filter(i => breaks[i]! > 0 && breaks[i]! < Infinity)
    .sort((a, b) => breaks[a]! - breaks[b]! || a - b);
  for (const i of order) {
    const advance = breaks[i]! - time;
    if (slope >= 0 || -slope / curvature < advance) break;
    const g = gradient[i]!;
    const w = W.row(i);
    point[i] = d[i]! > 0 ? upper[i]! : lower[i]!;
    const z = point[i]! - x[i]!;
    for (let k = 0; k < c.length; k++) c[k]! += advance * p[k]!;
    slope += advance * curvature + g * g + theta * g * z - g * quadratic(M, w, c);
    curvature += -theta * g * g - 2 * g * quadratic(M, w, p) - g * g * quadratic(M, w, w);
    curvature = Math.max(curvature, leastCurvature);
    for (let k = 0; k < p.length; k++) p[k]! += g * w[k]!;
    d[i] = 0;
    time = breaks[i]!;
  }
  const rest = slope < 0 && d.some(value => value !== 0) ? -slope / curvature : 0;
  for (let i = 0; i < x.length; i++) if (d[i] !== 0) point[i] = x[i]! + (time + rest) * d[i]!;
  for (let k = 0; k < c.length; k++) c[k]! += rest * p[k]!;
  return { point, c };
}

/** The minimum of the model over the variables free at the Cauchy point, brought back into the bounds. */
function subspaceMinimum(
  x: Float64Array,
  gradient: Float64Array,
  bounds: Bounds,
  { theta, W, M }: CompactModel,
  point: Float64Array,
  c: Float64Array,
): Float64Array | undefined {
  const free = Array.from(point.keys()).filter(i => point[i]! > bounds.lower[i]! && point[i]! < bounds.upper[i]!);
  const Mc = timesTransposed(M, c);
  const r = Float64Array.from(free, i => dot(W.row(i), Mc) - gradient[i]! - theta * (point[i]! - x[i]!));
  const freeW = W.takeRows(free);
  // (theta I - W M W')^-1 = I / theta + W (I - M W'W / theta)^-1 M W' / theta^2, on the free rows.
  const MWW = matmul(M, matmul(freeW, freeW, { transposeA: true }));
  const N = MWW.map((value, i, j) => (i === j ? 1 : 0) - value / theta);
  const MWr = timesTransposed(M, timesTransposed(freeW, r));
  const v = runSync(solveWork(N, new Matrix(MWr, MWr.length, 1)));
  if (v === undefined) return undefined;
  const step = r.map((value, at) => (value + dot(freeW.row(at), v.data) / theta) / theta);
  return projectedStep(x, gradient, bounds, point, free, step);
}

/**
 * A direction whose slope is this share of its parts neither rises nor falls. Clipping often leads back along the last
 * line search, whose minimum is known to the root of the machine precision: a step there would look like the end.
 */
const LEVEL = Math.sqrt(Number.EPSILON);

/** point + step clipped into the bounds; if that does not lead downhill from x, the step cut at its first bound. */
function projectedStep(
  x: Float64Array,
  gradient: Float64Array,
  bounds: Bounds,
  point: Float64Array,
  free: readonly number[],
  step: Float64Array,
): Float64Array {
  const whole = new Float64Array(x.length);
  free.forEach((i, at) => {
    whole[i] = step[at]!;
  });
  const target = point.map((value, i) => value + whole[i]!);
  clipInto(bounds, target);
  const slopes = target.map((value, i) => (value - x[i]!) * gradient[i]!);
  const slope = slopes.reduce((sum, value) => sum + value, 0);
  const size = slopes.reduce((sum, value) => sum + Math.abs(value), 0);
  if (slope <= -LEVEL * size) return target;
  const share = longestStep(point, whole, bounds, 1);
  const cut = point.map((value, i) => value + share * whole[i]!);
  clipInto(bounds, cut);
  return cut;
}

/** A' v; for symmetric A also A v. */
function timesTransposed(A: Matrix, v: Float64Array): Float64Array {
  return matmul(A, new Matrix(v, v.length, 1), { transposeA: true }).data;
}

/** a' M b. */
function quadratic(M: Matrix, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * dot(M.row(i), b);
  return sum;
}

function identity(n: number): Matrix {
  return Matrix.zeros(n, n).map((_, i, j) => (i === j ? 1 : 0));
}
