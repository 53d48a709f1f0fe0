/**
 * Newton's method inside a trust region, with conjugate gradients for the steps.
 *
 * Source: C.-J. Lin, R. C. Weng and S. S. Keerthi, "Trust region Newton method for large-scale logistic regression",
 * JMLR 9 (2008), algorithms 1 and 2; the constants are LIBLINEAR's.
 */
import { addScaledInto, dot, norm } from '../../linalg/index.ts';
import type { Work } from '../../work/index.ts';
import type { LogisticLoss } from '../logistic-loss.ts';
import { plusScaled } from '../vectors.ts';
import type { LiblinearResult } from './problem.ts';

/** Least share of the predicted decrease that an accepted step achieves. */
const ACCEPT = 1e-4;
/** Below the first share of the predicted decrease the region shrinks, above the second it grows. */
const POOR = 0.25;
const GOOD = 0.75;
const SHRINK_MOST = 0.25;
const SHRINK_LEAST = 0.5;
const GROW = 4;
/** Decreases below this share of the loss are rounding. */
const NEGLIGIBLE = 1e-12;
/** A step's linear system is solved to this share of its right side. */
const STEP_TOL = 0.1;

interface Step {
  readonly s: Float64Array;
  /** What is left of minus the gradient after the Hessian took its part. */
  readonly residual: Float64Array;
}

/** Minimises the loss from zero until the gradient's norm is at most `tol` times the first. */
export function* trustRegionNewton(loss: LogisticLoss, tol: number, maxIter: number): Work<LiblinearResult> {
  let w: Float64Array = new Float64Array(loss.size);
  let gradient: Float64Array = new Float64Array(loss.size);
  let value = yield* loss.prepareCurvature(w, gradient);
  const target = tol * norm(gradient);
  let radius = norm(gradient);
  let nIter = 0;
  while (nIter < maxIter && norm(gradient) > target) {
    const { s, residual } = yield* boundedStep(loss, gradient, radius);
    const trial = plusScaled(w, 1, s);
    const trialGradient = new Float64Array(loss.size);
    const slope = dot(gradient, s);
    const predicted = -0.5 * (slope - dot(s, residual));
    const trialValue = yield* loss.prepareCurvature(trial, trialGradient);
    const actual = value - trialValue;
    const length = norm(s);
    if (nIter === 0) radius = Math.min(radius, length);
    radius = nextRadius(radius, length, stretch(trialValue - value, slope), actual / predicted);
    const isNegligible =
      Math.abs(actual) <= NEGLIGIBLE * Math.abs(value) && Math.abs(predicted) <= NEGLIGIBLE * Math.abs(value);
    if (actual > ACCEPT * predicted) {
      nIter++;
      w = trial;
      gradient = trialGradient;
      value = trialValue;
    } else {
      yield* loss.prepareCurvature(w, trialGradient);
    }
    if (isNegligible || Number.isNaN(actual) || (actual === 0 && predicted <= 0)) break;
  }
  return { w, nIter, converged: nIter < maxIter };
}

/** How far the minimum of the parabola through the step's two ends lies, in step lengths. */
function stretch(change: number, slope: number): number {
  return change - slope <= 0 ? GROW : Math.max(SHRINK_MOST, (-0.5 * slope) / (change - slope));
}

function nextRadius(radius: number, length: number, alpha: number, share: number): number {
  if (!(share >= ACCEPT)) return Math.min(Math.max(alpha, SHRINK_MOST) * length, SHRINK_LEAST * radius);
  if (share < POOR) return Math.max(SHRINK_MOST * radius, Math.min(alpha * length, SHRINK_LEAST * radius));
  const grown = Math.min(alpha * length, GROW * radius);
  return Math.max(share < GOOD ? SHRINK_MOST * radius : radius, grown);
}

/** Conjugate gradients on H s = -gradient, stopped at the region's boundary. */
function* boundedStep(loss: LogisticLoss, gradient: Float64Array, radius: number): Work<Step> {
  const s = new Float64Array(gradient.length);
  const residual = gradient.map(value => -value);
  const direction = residual.slice();
  const product = new Float64Array(gradient.length);
  const enough = STEP_TOL * norm(gradient);
  let square = dot(residual, residual);
  while (Math.sqrt(square) > enough) {
    yield* loss.hessianTimes(direction, product);
    const alpha = square / dot(direction, product);
    if (norm(plusScaled(s, alpha, direction)) > radius) {
      const toEdge = distanceToEdge(s, direction, radius);
      addScaledInto(toEdge, direction, s);
      addScaledInto(-toEdge, product, residual);
      break;
    }
    addScaledInto(alpha, direction, s);
    addScaledInto(-alpha, product, residual);
    const next = dot(residual, residual);
    for (let i = 0; i < s.length; i++) direction[i] = residual[i]! + (next / square) * direction[i]!;
    square = next;
  }
  return { s, residual };
}

/** The t > 0 with |s + t d| = radius, by the stable root of the quadratic. */
function distanceToEdge(s: Float64Array, d: Float64Array, radius: number): number {
  const sd = dot(s, d);
  const dd = dot(d, d);
  const room = radius * radius - dot(s, s);
  const root = Math.sqrt(sd * sd + dd * room);
  return sd >= 0 ? room / (sd + root) : (root - sd) / dd;
}
