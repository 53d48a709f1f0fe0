import { Matrix } from '../array/index.ts';
import { assert } from '../errors/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { solveTriangularInPlace } from './triangular.ts';

export interface Lu {
  /** L below the diagonal (its own is one) and U on and above it, for the rows of A in the order of `pivots`. */
  readonly packed: Matrix;
  /** Row i of the packed factors is row `pivots[i]` of A. */
  readonly pivots: Int32Array;
}

/**
 * The factorisation P A = L U with partial pivoting, of any shape; a column without a pivot is passed over, as LAPACK
 * does. Cost: m n^2 - n^3 / 3 multiplications for m >= n.
 */
export function* luWork(A: Matrix): Work<Lu> {
  const packed = A.clone();
  const pivots = Int32Array.from({ length: A.rows }, (_, i) => i);
  let ops = 0;
  for (let k = 0; k < Math.min(A.rows, A.columns); k++) {
    swapRows(packed, pivots, k, pivotRow(packed, k));
    const pivot = packed.get(k, k);
    if (pivot !== 0) eliminateBelow(packed, k, pivot);
    ops += (A.rows - k) * (A.columns - k);
    if (ops < MAX_OPS) continue;
    yield { ops };
    ops = 0;
  }
  yield { ops };
  return { packed, pivots };
}

function pivotRow({ data, rows, columns }: Matrix, k: number): number {
  let best = k;
  for (let i = k + 1; i < rows; i++) {
    if (Math.abs(data[i * columns + k]!) > Math.abs(data[best * columns + k]!)) best = i;
  }
  return best;
}

function swapRows(matrix: Matrix, order: Int32Array, i: number, j: number): void {
  if (i === j) return;
  const row = matrix.row(i).slice();
  matrix.row(i).set(matrix.row(j));
  matrix.row(j).set(row);
  [order[i], order[j]] = [order[j]!, order[i]!];
}

function eliminateBelow({ data, rows, columns }: Matrix, k: number, pivot: number): void {
  const from = k * columns;
  for (let i = k + 1; i < rows; i++) {
    const to = i * columns;
    const factor = data[to + k]! / pivot;
    data[to + k] = factor;
    if (factor === 0) continue;
    for (let j = k + 1; j < columns; j++) data[to + j]! -= factor * data[from + j]!;
  }
}

/** P' L with A = (P' L) U: well-conditioned columns with the range of A, (m, min(m, n)). */
export function permutedLower({ packed, pivots }: Lu): Matrix {
  const width = Math.min(packed.rows, packed.columns);
  const L = Matrix.zeros(packed.rows, width);
  for (let i = 0; i < packed.rows; i++) {
    const row = L.row(pivots[i]!);
    row.set(packed.row(i).subarray(0, Math.min(i, width)));
    if (i < width) row[i] = 1;
  }
  return L;
}

/**
 * X with A X = B for square A, or `undefined` where A is singular.
 *
 * @param B shape (n, k); not changed
 */
export function* solveWork(A: Matrix, B: Matrix): Work<Matrix | undefined> {
  assert(A.rows === A.columns && A.rows === B.rows, `solve ${A.rows} x ${A.columns} with ${B.rows} rows`);
  const { packed, pivots } = yield* luWork(A);
  for (let i = 0; i < packed.rows; i++) if (packed.get(i, i) === 0) return undefined;
  const X = B.takeRows(pivots);
  solveUnitLowerInPlace(packed, X);
  solveTriangularInPlace(packed, X, { triangle: 'upper' });
  yield { ops: A.rows * A.rows * B.columns };
  return X;
}

function solveUnitLowerInPlace(L: Matrix, X: Matrix): void {
  for (let i = 0; i < L.rows; i++) {
    const row = X.row(i);
    for (let k = 0; k < i; k++) {
      const factor = L.get(i, k);
      const known = X.row(k);
      for (let j = 0; j < row.length; j++) row[j]! -= factor * known[j]!;
    }
  }
}
