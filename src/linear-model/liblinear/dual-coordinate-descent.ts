/**
 * Coordinate descent on the dual of l2-penalised logistic regression, one sample's pair of dual variables at a time.
 *
 * Source: H.-F. Yu, F.-L. Huang and C.-J. Lin, "Dual coordinate descent methods for logistic regression and maximum
 * entropy models", Machine Learning 85 (2011), algorithm 5; constants and order of samples are LIBLINEAR's.
 */
import type { RandomStream } from '../../random/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { shuffleFirst } from './bounded-draw.ts';
import type { LiblinearProblem, LiblinearResult } from './problem.ts';

const MAX_NEWTON = 100;
/** Factor by which a Newton step that leaves the interval goes towards 0 instead. */
const RETREAT = 0.1;

interface State {
  /** sum_i sign_i * alpha_i * x_i */
  readonly w: Float64Array;
  /** alpha_i and cost_i - alpha_i, side by side: the smaller one of a pair keeps its digits. */
  readonly pairs: Float64Array;
  readonly squares: Float64Array;
}

/** What became of one sample's subproblem. */
interface Solved {
  readonly violation: number;
  readonly steps: number;
}

/** Stops when no dual derivative of an epoch was `tol` or more. */
export function* dualCoordinateDescent(
  problem: LiblinearProblem,
  tol: number,
  maxIter: number,
  random: RandomStream,
): Work<LiblinearResult> {
  const { rows, columns } = problem.X;
  const state = startingPoint(problem);
  const order = new Int32Array(rows).map((_, i) => i);
  const chunk = Math.max(1, Math.floor(MAX_OPS / (2 * columns + MAX_NEWTON)));
  let precision = 1e-2;
  for (let nIter = 1; nIter <= maxIter; nIter++) {
    shuffleFirst(order, rows, random);
    let violation = 0;
    let steps = 0;
    for (let from = 0; from < rows; from += chunk) {
      const to = Math.min(rows, from + chunk);
      for (let at = from; at < to; at++) {
        const solved = solveSample(problem, state, order[at]!, precision);
        violation = Math.max(violation, solved.violation);
        steps += solved.steps;
      }
      yield { ops: (to - from) * 2 * columns };
    }
    if (violation < tol) return { w: state.w, nIter, converged: nIter < maxIter };
    if (steps <= Math.floor(rows / 10)) precision = Math.max(Math.min(1e-8, tol), 0.1 * precision);
  }
  return { w: state.w, nIter: maxIter, converged: false };
}

function startingPoint({ X, signs, costs }: LiblinearProblem): State {
  const w = new Float64Array(X.columns);
  const squares = new Float64Array(X.rows);
  const pairs = new Float64Array(2 * X.rows);
  for (let i = 0; i < X.rows; i++) {
    const alpha = Math.min(0.001 * costs[i]!, 1e-8);
    pairs[2 * i] = alpha;
    pairs[2 * i + 1] = costs[i]! - alpha;
    X.row(i).forEach((value, j) => {
      squares[i]! += value * value;
      w[j]! += signs[i]! * alpha * value;
    });
  }
  return { w, pairs, squares };
}

/**
 * Newton's method on g(z) = z log z + (C - z) log(C - z) + a/2 (z - old)² + b (z - old), for alpha or for C - alpha,
 * whichever has its minimum in the lower half of (0, C), where the logarithm is accurate.
 */
function solveSample({ X, signs, costs }: LiblinearProblem, state: State, i: number, precision: number): Solved {
  const { w, pairs } = state;
  const { data, columns } = X;
  const x = i * columns;
  const cost = costs[i]!;
  const a = state.squares[i]!;
  let score = 0;
  for (let j = 0; j < columns; j++) score += w[j]! * data[x + j]!;
  score *= signs[i]!;
  const isOther = 0.5 * a * (pairs[2 * i + 1]! - pairs[2 * i]!) + score < 0;
  const b = isOther ? -score : score;
  const own = isOther ? 2 * i + 1 : 2 * i;
  const old = pairs[own]!;
  const slope = (z: number): number => a * (z - old) + b + Math.log(z / (cost - z));
  let z = cost - old < 0.5 * cost ? RETREAT * old : old;
  let derivative = slope(z);
  const violation = Math.abs(derivative);
  let steps = 0;
  while (steps <= MAX_NEWTON && Math.abs(derivative) >= precision) {
    const next = z - derivative / (a + cost / (cost - z) / z);
    z = next <= 0 ? RETREAT * z : next;
    derivative = slope(z);
    steps++;
  }
  if (steps === 0) return { violation, steps };
  pairs[own] = z;
  pairs[own ^ 1] = cost - z;
  const change = (isOther ? -1 : 1) * (z - old) * signs[i]!;
  for (let j = 0; j < columns; j++) w[j]! += change * data[x + j]!;
  return { violation, steps };
}
