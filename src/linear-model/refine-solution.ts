import { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import { solveCholeskyWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import { maxAbs } from './vectors.ts';

/** Rounds after which a solution that still moves is given up. */
const MAX_ROUNDS = 30;
/** Largest last correction, as a share of the solution, that is left to rounding. */
const SETTLED = 1e-10;

/**
 * Solves (A'A + alpha I) W = B by a factor L of that matrix in single precision: each round solves for what is left of
 * B, which is computed in double, so that the solution gets the digits of double. Undefined where the matrix is too
 * ill-conditioned for that (from about 1e7 on).
 *
 * Source: N. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), chapter 12.
 */
export function* refineSolution(A: Matrix, alpha: number, L: Matrix, B: Matrix): Work<Matrix | undefined> {
  let solution = Matrix.zeros(B.rows, B.columns);
  let left = B;
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const step = yield* solveCholeskyWork(L, left);
    const next = new Matrix(
      solution.data.map((value, at) => value + step.data[at]!),
      B.rows,
      B.columns,
    );
    const moved = round === 0 ? 1 : maxAbs(step.data) / (maxAbs(next.data) || 1);
    // Where rounding is all that is left, corrections stop shrinking.
    if (!(moved <= before / 2)) return before <= SETTLED ? solution : undefined;
    solution = next;
    before = moved;
    const back = yield* matmulWork(A, yield* matmulWork(A, solution), { transposeA: true });
    left = B.map((value, i, t) => value - back.get(i, t) - alpha * solution.get(i, t));
  }
  return undefined;
}
