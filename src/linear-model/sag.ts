/**
 * Stochastic average gradient: each step draws one sample, replaces that sample's share of the summed gradient, and
 * moves along the average. SAGA moves unbiasedly, and admits an l1 penalty by a soft threshold after each step.
 *
 * Sources: M. Schmidt, N. Le Roux and F. Bach, "Minimizing finite sums with the stochastic average gradient" (2013);
 * A. Defazio, F. Bach and S. Lacoste-Julien, "SAGA" (2014). The samples drawn, the step size and the stopping rule
 * are scikit-learn's; its deferred updates serve sparse rows only, and are the plain step for dense ones.
 */
import type { Matrix } from '../array/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { XorShift } from '../random/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Writes the gradient of one sample's weighted loss by its scores (one per output). */
export type SampleGradient = (row: number, scores: Float64Array, gradient: Float64Array) => void;

export interface SagProblem {
  readonly X: Matrix;
  readonly sampleGradient: SampleGradient;
  /** Bound of the second derivative of a sample's loss by its score. */
  readonly curvature: number;
  readonly fitIntercept: boolean;
  /** Factor of half the squared coefficients, beside the mean loss. */
  readonly l2: number;
  /** Factor of the absolute coefficients, beside the mean loss; SAGA only. */
  readonly l1: number;
  readonly isSaga: boolean;
}

/** Coefficients: outputs × features, row-major; and one intercept per output. */
export interface SagWeights {
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
}

export interface SagOptions {
  readonly maxIter: number;
  /** Stops when the largest change of an epoch is at most this times the largest coefficient. */
  readonly tol: number;
  /** Seed of the stream of samples, not 0. */
  readonly seed: number;
}

export interface SagResult extends SagWeights {
  readonly nIter: number;
  readonly converged: boolean;
  /** The steps were too large for the data: the coefficients are not numbers any more. */
  readonly diverged: boolean;
}

/** What a run carries from sample to sample. */
interface State extends SagWeights {
  readonly draw: XorShift;
  readonly step: number;
  /** Sum over the samples seen of loss gradient × features. */
  readonly sum: Float64Array;
  readonly interceptSum: Float64Array;
  /** Last gradient of each sample by its scores, samples × outputs. */
  readonly memory: Float64Array;
  readonly seen: Uint8Array;
  numSeen: number;
}

/** Minimises the mean loss with its penalties, starting at `start`. */
export function* sag(problem: SagProblem, start: SagWeights, { maxIter, tol, seed }: SagOptions): Work<SagResult> {
  const { X } = problem;
  const state: State = {
    coef: start.coef.slice(),
    intercept: start.intercept.slice(),
    draw: new XorShift(seed),
    step: stepSize(problem),
    sum: new Float64Array(start.coef.length),
    interceptSum: new Float64Array(start.intercept.length),
    memory: new Float64Array(X.rows * start.intercept.length),
    seen: new Uint8Array(X.rows),
    numSeen: 0,
  };
  const previous = new Float64Array(start.coef.length);
  const chunk = Math.max(1, Math.floor(MAX_OPS / (4 * (start.coef.length + 1))));
  const { coef, intercept } = state;
  // Squares that overflow leave no step at all.
  if (!(state.step > 0)) return { coef, intercept, nIter: 0, converged: false, diverged: true };
  for (let nIter = 1; nIter <= maxIter; nIter++) {
    for (let done = 0; done < X.rows; done += chunk) {
      const count = Math.min(chunk, X.rows - done);
      visitSamples(problem, state, count);
      yield { ops: 4 * count * (coef.length + 1) };
    }
    if (!coef.every(Number.isFinite) || !intercept.every(Number.isFinite)) {
      return { coef, intercept, nIter, converged: false, diverged: true };
    }
    if (hasSettled(coef, previous, tol)) return { coef, intercept, nIter, converged: nIter < maxIter, diverged: false };
    previous.set(coef);
  }
  return { coef, intercept, nIter: maxIter, converged: false, diverged: false };
}

/** 1 / L for SAG and 1 / (2 L + min(2 n l2, L)) for SAGA, with L the largest curvature of one sample's loss. */
function stepSize({ X, curvature, fitIntercept, l2, isSaga }: SagProblem): number {
  let largest = 0;
  for (let i = 0; i < X.rows; i++) {
    let square = 0;
    for (const value of X.row(i)) square += value * value;
    largest = Math.max(largest, square);
  }
  const L = curvature * (largest + (fitIntercept ? 1 : 0)) + l2;
  return 1 / (isSaga ? 2 * L + Math.min(2 * X.rows * l2, L) : L);
}

function visitSamples(problem: SagProblem, state: State, count: number): void {
  const { X, sampleGradient, fitIntercept, isSaga } = problem;
  const { coef, intercept, memory, seen, draw } = state;
  const outputs = intercept.length;
  const { data, rows, columns } = X;
  const scores = new Float64Array(outputs);
  const gradient = new Float64Array(outputs);
  for (let visit = 0; visit < count; visit++) {
    const row = draw.next() % rows;
    if (seen[row] === 0) {
      seen[row] = 1;
      state.numSeen++;
    }
    const x = row * columns;
    for (let k = 0; k < outputs; k++) scores[k] = dot(coef, k * columns, data, x, columns) + intercept[k]!;
    sampleGradient(row, scores, gradient);
    for (let k = 0; k < outputs; k++) {
      const change = gradient[k]! - memory[row * outputs + k]!;
      memory[row * outputs + k] = gradient[k]!;
      if (isSaga) stepSaga(problem, state, k * columns, x, change);
      else stepSag(problem, state, k * columns, x, change);
      if (fitIntercept) stepIntercept(state, k, change, isSaga);
    }
  }
}

function dot(w: Float64Array, from: number, data: Float64Array, x: number, columns: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += w[from + j]! * data[x + j]!;
  return sum;
}

/** w <- (1 - step l2) w - step * average gradient, with the sample's new share. */
function stepSag(
  { X, l2 }: SagProblem,
  { coef, sum, step, numSeen }: State,
  from: number,
  x: number,
  change: number,
): void {
  const { data, columns } = X;
  const shrink = 1 - step * l2;
  const rate = step / numSeen;
  for (let j = 0; j < columns; j++) {
    const total = sum[from + j]! + change * data[x + j]!;
    sum[from + j] = total;
    coef[from + j] = shrink * coef[from + j]! - rate * total;
  }
}

/** As SAG, with the rest of the sample's change, and the soft threshold of the l1 penalty. */
function stepSaga(
  { X, l2, l1 }: SagProblem,
  { coef, sum, step, numSeen }: State,
  from: number,
  x: number,
  change: number,
): void {
  const { data, columns } = X;
  const shrink = 1 - step * l2;
  const rate = step / numSeen;
  const own = step * (1 - 1 / numSeen);
  const threshold = step * l1;
  for (let j = 0; j < columns; j++) {
    const added = change * data[x + j]!;
    const total = sum[from + j]! + added;
    sum[from + j] = total;
    const w = shrink * coef[from + j]! - own * added - rate * total;
    coef[from + j] = Math.abs(w) <= threshold ? 0 : w > 0 ? w - threshold : w + threshold;
  }
}

function stepIntercept(
  { intercept, interceptSum, step, numSeen }: State,
  k: number,
  change: number,
  isSaga: boolean,
): void {
  interceptSum[k]! += change;
  intercept[k]! -= (step * interceptSum[k]!) / numSeen + (isSaga ? step * (1 - 1 / numSeen) * change : 0);
}

function hasSettled(coef: Float64Array, previous: Float64Array, tol: number): boolean {
  let largest = 0;
  let change = 0;
  for (let j = 0; j < coef.length; j++) {
    largest = Math.max(largest, Math.abs(coef[j]!));
    change = Math.max(change, Math.abs(coef[j]! - previous[j]!));
  }
  return largest === 0 ? change === 0 : change / largest <= tol;
}

/** The error for steps that were too large for the data. */
export function divergence(action: string): InvalidInputError {
  return new InvalidInputError({
    action,
    rule: 'the steps of sag and saga must not overflow',
    received: 'features or weights too large for their step size',
    repair: 'scale the features, e.g. with StandardScaler',
  });
}
