import { asWork, type Work } from '../work/index.ts';
import { addScaledInto, dot, norm } from './vectors.ts';

export interface ConjugateGradientOptions {
  /** Stop when ||b - A x|| is less than this times ||b||. */
  readonly rtol?: number;
  /** Most iterations (default: ten times the length of b). */
  readonly maxIter?: number | null;
}

export interface ConjugateGradientResult {
  readonly x: Float64Array;
  readonly nIter: number;
  readonly converged: boolean;
}

/**
 * Solves A x = b for a symmetric positive definite A that is known by its products, from x = 0, with scipy's stopping
 * rule. Cost: one product with A per iteration.
 *
 * Source: M. Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems", 1952.
 */
export function* conjugateGradientWork(
  times: (x: Float64Array) => Float64Array | Work<Float64Array>,
  b: Float64Array,
  { rtol = 1e-5, ...options }: ConjugateGradientOptions = {},
): Work<ConjugateGradientResult> {
  const maxIter = options.maxIter ?? 10 * b.length;
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  const goal = rtol * norm(b);
  let squares = dot(residual, residual);
  for (let nIter = 0; nIter < maxIter; nIter++) {
    if (squares === 0 || Math.sqrt(squares) < goal) return { x, nIter, converged: true };
    const product = yield* asWork(times(direction));
    const step = squares / dot(direction, product);
    addScaledInto(step, direction, x);
    addScaledInto(-step, product, residual);
    const squaresBefore = squares;
    squares = dot(residual, residual);
    const share = squares / squaresBefore;
    for (let i = 0; i < direction.length; i++) direction[i] = residual[i]! + share * direction[i]!;
    yield { ops: 5 * b.length };
  }
  return { x, nIter: maxIter, converged: false };
}
