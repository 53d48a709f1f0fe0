import type { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { diagonalizeBidiagonal } from './bidiagonal-svd.ts';
import { bidiagonalize, type Sides } from './bidiagonalize.ts';
import { qrWork } from './qr.ts';
import { safeScale, scaleInPlace } from './scale.ts';

export interface Svd {
  /** Left singular vectors as columns, (m, k) with k = min(m, n). */
  readonly U: Matrix;
  /** Descending, k of them. */
  readonly singularValues: Float64Array;
  /** Right singular vectors as rows, (k, n). */
  readonly Vt: Matrix;
}

/**
 * The economy singular value decomposition A = U diag(s) V', by Golub and Kahan's bidiagonalisation of the square
 * factor that a QR factorisation leaves. Signs are as they fall: see `svdFlip`. Cost: 8 m n^2 + 20 n^3 operations
 * for m >= n.
 *
 * Source: G. Golub and C. Reinsch, "Singular value decomposition and least squares solutions", 1970; G. Golub and C.
 * Van Loan, "Matrix Computations", section 8.6.
 */
export function* svdWork(A: Matrix): Work<Svd> {
  if (A.rows < A.columns) {
    const { U, singularValues, Vt } = yield* svdWork(A.transpose());
    return { U: Vt.transpose(), singularValues, Vt: U.transpose() };
  }
  if (A.rows === A.columns) return yield* squareSvd(A);
  const { Q, R } = yield* qrWork(A);
  const { U, singularValues, Vt } = yield* squareSvd(R);
  return { U: yield* matmulWork(Q, U), singularValues, Vt };
}

/** That of a square matrix; with `'right'`, U has no rows. */
export function* squareSvd(square: Matrix, sides: Sides = 'both'): Work<Svd> {
  const scale = safeScale(square.data);
  const A = square.clone();
  scaleInPlace(A.data, scale);
  const { diagonal, off, Ut, Vt } = yield* bidiagonalize(A, sides);
  yield* diagonalizeBidiagonal({ diagonal, off }, Ut, Vt);
  makePositive(diagonal, Vt);
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  return {
    U: Ut.takeRows(order).transpose(),
    singularValues: Float64Array.from(order, i => diagonal[i]! / scale),
    Vt: Vt.takeRows(order),
  };
}

function makePositive(diagonal: Float64Array, Vt: Matrix): void {
  for (let i = 0; i < diagonal.length; i++) {
    if (diagonal[i]! > 0) continue;
    // Minus zero becomes zero; the vector of a zero may keep its sign.
    if (diagonal[i] !== 0) scaleInPlace(Vt.row(i), -1);
    diagonal[i] = Math.abs(diagonal[i]!);
  }
}
