import { lbfgsWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import type { LogisticLoss } from './logistic-loss.ts';

/** The loss has settled when it falls by less than this share: rounding. */
const FTOL = 64 * Number.EPSILON;
const MAX_LINE_SEARCH = 50;

export interface LbfgsMinimum {
  readonly w: Float64Array;
  readonly nIter: number;
  readonly converged: boolean;
}

/** L-BFGS with scikit-learn's settings: stops when no part of the gradient is above `tol`. */
export function* minimiseByLbfgs(
  loss: LogisticLoss,
  start: Float64Array,
  tol: number,
  maxIter: number,
): Work<LbfgsMinimum> {
  const objective = (w: Float64Array, gradient: Float64Array) => loss.lossGradient(w, gradient);
  const options = { gtol: tol, ftol: FTOL, maxIter, maxLineSearch: MAX_LINE_SEARCH };
  const { x, nIter, converged } = yield* lbfgsWork(objective, start, options);
  return { w: x, nIter: Math.min(nIter, maxIter), converged };
}
