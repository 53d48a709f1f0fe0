/** A trial of a line search: the step, the function there, and its slope along the direction. */
export interface Trial {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

export interface LineSearchOptions {
  readonly firstStep: number;
  readonly maxStep: number;
}

/** Sufficient decrease, curvature, and width of the bracket that is not worth halving: as L-BFGS-B sets them. */
const DECREASE = 1e-3;
const CURVATURE = 0.9;
const NARROW = 0.1;
/** Without a bracket the next trial lies between these multiples of the last advance. */
const EXTEND_LEAST = 1.1;
const EXTEND_MOST = 4;

/** What the search keeps between trials: its best point, the other end, and the steps it may try. */
interface Interval {
  best: Trial;
  other: Trial;
  isBracketed: boolean;
  least: number;
  most: number;
}

/**
 * Finds a step with f(step) <= f(0) + 0.001 step f'(0) and |f'(step)| <= 0.9 |f'(0)|: yields steps to try, and is sent
 * what was found there. It returns after the last trial, which is the one to take; if no step can meet both
 * conditions it is the best that rounding allows.
 *
 * Source: J. Moré and D. Thuente, "Line search algorithms with guaranteed sufficient decrease", 1994.
 */
export function* lineSearch(start: Trial, { firstStep, maxStep }: LineSearchOptions): Generator<number, void, Trial> {
  const slopeNeeded = DECREASE * start.slope;
  const interval = { best: start, other: start, isBracketed: false, least: 0, most: firstStep * (1 + EXTEND_MOST) };
  let [width, widthBefore] = [maxStep, 2 * maxStep];
  let seesMinimum = false;
  let step = firstStep;
  for (;;) {
    const trial = yield step;
    const enough = start.value + step * slopeNeeded;
    seesMinimum ||= trial.value <= enough && trial.slope >= 0;
    if (trial.value <= enough && Math.abs(trial.slope) <= CURVATURE * -start.slope) return;
    if (mustStop(trial, interval, enough, slopeNeeded, maxStep)) return;
    const isModified = !seesMinimum && trial.value <= interval.best.value && trial.value > enough;
    step = nextStep(interval, trial, isModified ? slopeNeeded : 0);
    if (interval.isBracketed) {
      const distance = interval.other.step - interval.best.step;
      if (Math.abs(distance) >= 0.66 * widthBefore) step = interval.best.step + distance / 2;
      [widthBefore, width] = [width, Math.abs(interval.other.step - interval.best.step)];
    }
    setLimits(interval, step);
    step = Math.min(Math.max(step, 0), maxStep);
    if (isExhausted(interval, step)) step = interval.best.step;
    if (!Number.isFinite(step)) return;
  }
}

function isExhausted({ isBracketed, least, most }: Interval, step: number): boolean {
  return isBracketed && (step <= least || step >= most || most - least <= NARROW * most);
}

function mustStop(
  { step, value, slope }: Trial,
  interval: Interval,
  enough: number,
  slopeNeeded: number,
  maxStep: number,
): boolean {
  if (isExhausted(interval, step)) return true;
  if (step === maxStep && value <= enough && slope <= slopeNeeded) return true;
  return step === 0 && (value > enough || slope >= slopeNeeded);
}

function setLimits(interval: Interval, step: number): void {
  const { best, other } = interval;
  if (interval.isBracketed) {
    interval.least = Math.min(best.step, other.step);
    interval.most = Math.max(best.step, other.step);
  } else {
    interval.least = step + EXTEND_LEAST * (step - best.step);
    interval.most = step + EXTEND_MOST * (step - best.step);
  }
}

/**
 * Moves the ends of the interval to enclose a minimum and returns the next step. While no sufficient decrease has
 * been seen, the line of slope `tilt` is taken off the function first.
 */
function nextStep(interval: Interval, trial: Trial, tilt: number): number {
  const best = tilted(interval.best, -tilt);
  const other = tilted(interval.other, -tilt);
  const at = tilted(trial, -tilt);
  const oppositeSlopes = at.slope * Math.sign(best.slope) < 0;
  const step = safeguardedStep(interval, best, other, at, oppositeSlopes);
  if (at.value > best.value) interval.other = trial;
  else {
    if (oppositeSlopes) interval.other = interval.best;
    interval.best = trial;
  }
  if (at.value > best.value || oppositeSlopes) interval.isBracketed = true;
  return step;
}

function tilted({ step, value, slope }: Trial, tilt: number): Trial {
  return { step, value: value + step * tilt, slope: slope + tilt };
}

/** The four cases of Moré and Thuente, section 4. */
function safeguardedStep(
  { isBracketed, least, most }: Interval,
  best: Trial,
  other: Trial,
  at: Trial,
  oppositeSlopes: boolean,
): number {
  const secant = at.step + (at.slope / (at.slope - best.slope)) * (best.step - at.step);
  if (at.value > best.value) {
    const cubic = cubicMinimum(best, at);
    const fall = (best.value - at.value) / (at.step - best.step) + best.slope;
    const quadratic = best.step + (best.slope / fall / 2) * (at.step - best.step);
    return Math.abs(cubic - best.step) < Math.abs(quadratic - best.step) ? cubic : cubic + (quadratic - cubic) / 2;
  }
  if (oppositeSlopes) return farther(at.step, cubicMinimum(at, best), secant);
  if (Math.abs(at.slope) >= Math.abs(best.slope)) {
    if (isBracketed) return cubicMinimum(at, other);
    return at.step > best.step ? most : least;
  }
  const cubic = cubicBeyond(best, at, least, most);
  if (!isBracketed) return Math.max(Math.min(farther(at.step, cubic, secant), most), least);
  const nearer = Math.abs(cubic - at.step) < Math.abs(secant - at.step) ? cubic : secant;
  const limit = at.step + 0.66 * (other.step - at.step);
  return at.step > best.step ? Math.min(limit, nearer) : Math.max(limit, nearer);
}

function farther(from: number, cubic: number, secant: number): number {
  return Math.abs(cubic - from) > Math.abs(secant - from) ? cubic : secant;
}

/** The minimum of the cubic through two trials, seen from `a`. */
function cubicMinimum(a: Trial, b: Trial): number {
  const theta = cubicTheta(a, b);
  const gamma = cubicGamma(a, b, theta) * (b.step < a.step ? -1 : 1);
  const ratio = (gamma - a.slope + theta) / (gamma - a.slope + gamma + b.slope);
  return a.step + ratio * (b.step - a.step);
}

/** The same beyond `at`, where the cubic falls on: a limit where it has no minimum there. */
function cubicBeyond(best: Trial, at: Trial, least: number, most: number): number {
  const theta = cubicTheta(at, best);
  const gamma = cubicGamma(at, best, theta) * (at.step > best.step ? -1 : 1);
  const ratio = (gamma - at.slope + theta) / (gamma + (best.slope - at.slope) + gamma);
  if (ratio < 0 && gamma !== 0) return at.step + ratio * (best.step - at.step);
  return at.step > best.step ? most : least;
}

function cubicTheta(a: Trial, b: Trial): number {
  return (3 * (a.value - b.value)) / (b.step - a.step) + a.slope + b.slope;
}

function cubicGamma(a: Trial, b: Trial, theta: number): number {
  const scale = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const ratio = theta / scale;
  return scale * Math.sqrt(Math.max(0, ratio * ratio - (a.slope / scale) * (b.slope / scale)));
}
