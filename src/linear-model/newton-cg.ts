/**
 * Newton's method with truncated conjugate gradients and a line search.
 *
 * Source: J. Nocedal and S. Wright, "Numerical Optimization" (2006), algorithm 7.1; constants and stopping rules are
 * scikit-learn's.
 */
import { addScaledInto, dot, lineSearch } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import type { LogisticLoss } from './logistic-loss.ts';
import type { NewtonResult } from './newton-cholesky.ts';
import { maxAbs, plusScaled, sumAbs } from './vectors.ts';

const MAX_INNER = 200;
const MAX_STEP = 50;
const ROUNDING = 16 * Number.EPSILON;

/** A point with its loss and gradient. */
interface Point {
  readonly w: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Stops when no part of the gradient is above `tol`, or when no step improves the loss. */
export function* newtonCg(loss: LogisticLoss, start: Float64Array, tol: number, maxIter: number): Work<NewtonResult> {
  let point = yield* evaluate(loss, start);
  let before: number | undefined;
  for (let nIter = 0; nIter < maxIter; nIter++) {
    if (maxAbs(point.gradient) <= tol) return { w: point.w, nIter, converged: true, stuck: false };
    const direction = yield* truncatedStep(loss, point.gradient);
    const next = yield* search(loss, point, direction, before);
    if (next === undefined) return { w: point.w, nIter, converged: false, stuck: true };
    before = point.value;
    point = next;
  }
  return { w: point.w, nIter: maxIter, converged: false, stuck: false };
}

function* evaluate(loss: LogisticLoss, w: Float64Array): Work<Point> {
  const gradient = new Float64Array(w.length);
  return { w, value: yield* loss.prepareCurvature(w, gradient), gradient };
}

/** Solves H d = -gradient roughly: the better, the smaller the gradient is; stops where H has no curvature left. */
function* truncatedStep(loss: LogisticLoss, gradient: Float64Array): Work<Float64Array> {
  const size = sumAbs(gradient);
  const enough = Math.min(0.5, Math.sqrt(size)) * size;
  const step = new Float64Array(gradient.length);
  const residual = gradient.slice();
  const direction = gradient.map(value => -value);
  const product = new Float64Array(gradient.length);
  let square = dot(residual, residual);
  let length = square;
  for (let i = 0; i <= MAX_INNER && sumAbs(residual) > enough; i++) {
    yield* loss.hessianTimes(direction, product);
    const bend = dot(direction, product);
    if (bend <= ROUNDING * length) {
      // Without any curvature at the start, the way down is the gradient's.
      if (i === 0) addScaledInto(1, direction, step);
      break;
    }
    addScaledInto(square / bend, direction, step);
    addScaledInto(square / bend, product, residual);
    const next = dot(residual, residual);
    const ratio = next / square;
    for (let j = 0; j < step.length; j++) direction[j] = ratio * direction[j]! - residual[j]!;
    length = next + ratio * ratio * length;
    square = next;
  }
  return step;
}

/** A step along the direction that meets Wolfe's conditions, or improves the gradient where the loss is exhausted. */
function* search(
  loss: LogisticLoss,
  from: Point,
  direction: Float64Array,
  before: number | undefined,
): Work<Point | undefined> {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return undefined;
  const guess = before === undefined ? 1 : Math.min(1, (1.01 * 2 * (from.value - before)) / slope);
  const firstStep = guess > 0 ? guess : 1;
  const trials = lineSearch({ step: 0, value: from.value, slope }, { firstStep, maxStep: MAX_STEP });
  let next = from;
  let asked = trials.next();
  while (!asked.done) {
    next = yield* evaluate(loss, plusScaled(from.w, asked.value, direction));
    asked = trials.next({ step: asked.value, value: next.value, slope: dot(next.gradient, direction) });
  }
  if (next.value < from.value) return next;
  const full = yield* evaluate(loss, plusScaled(from.w, 1, direction));
  const isEqual = Math.abs(full.value - from.value) <= ROUNDING * Math.abs(from.value);
  return isEqual && sumAbs(full.gradient) < sumAbs(from.gradient) ? full : undefined;
}
