import { Matrix } from '../array/index.ts';
import { matmulWork } from '../kernels/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { solveTriangularInPlace } from './triangular.ts';

/** Columns of one block: enough for the matrix product to pay. */
const BLOCK = 64;

/**
 * The lower triangular L with A = L L', or `undefined` where A is not positive definite. Only A's lower triangle is
 * read. Blocked, left-looking; cost: n^3 / 3 operations.
 *
 * Source: G. Golub and C. Van Loan, "Matrix Computations", section 4.2.
 */
export function* choleskyWork(A: Matrix): Work<Matrix | undefined> {
  const n = A.rows;
  const L = Matrix.zeros(n, n);
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(n, start + BLOCK);
    const panel = yield* panelLessLeft(A, L, start, end);
    if (!factorPanel(panel)) return undefined;
    for (let i = start; i < n; i++) {
      L.row(i).set(panel.row(i - start).subarray(0, Math.min(end, i + 1) - start), start);
    }
    yield { ops: (n - start) * (end - start) * (end - start) };
  }
  return L;
}

/** A[start.., start..end] - L[start.., 0..start] L[start..end, 0..start]'. */
function* panelLessLeft(A: Matrix, L: Matrix, start: number, end: number): Work<Matrix> {
  const panel = block(A, start, A.rows, start, end);
  if (start === 0) return panel;
  const left = block(L, start, A.rows, 0, start);
  const top = new Matrix(left.data.subarray(0, (end - start) * start), end - start, start);
  const known = yield* matmulWork(left, top, { transposeB: true });
  for (let i = 0; i < panel.data.length; i++) panel.data[i]! -= known.data[i]!;
  return panel;
}

/** Factors a panel whose first rows are its triangle; `false` where a pivot is not positive. */
function factorPanel({ data, rows, columns }: Matrix): boolean {
  for (let j = 0; j < columns; j++) {
    const atJ = j * columns;
    for (let i = j; i < rows; i++) {
      const atI = i * columns;
      let sum = data[atI + j]!;
      for (let k = 0; k < j; k++) sum -= data[atI + k]! * data[atJ + k]!;
      if (i > j) data[atI + j] = sum / data[atJ + j]!;
      else if (sum > 0 && sum < Infinity) data[atJ + j] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

function block({ data, columns }: Matrix, row: number, rowEnd: number, column: number, columnEnd: number): Matrix {
  const part = Matrix.zeros(rowEnd - row, columnEnd - column);
  for (let i = row; i < rowEnd; i++) {
    part.data.set(data.subarray(i * columns + column, i * columns + columnEnd), (i - row) * part.columns);
  }
  return part;
}

/**
 * X with A X = B, given L of A = L L'.
 *
 * @param B shape (n, k); not changed
 */
export function* solveCholeskyWork(L: Matrix, B: Matrix): Work<Matrix> {
  const X = B.clone();
  // Columns are independent, so that they may be solved in groups between checkpoints.
  const group = Math.max(1, Math.floor(MAX_OPS / Math.max(1, 2 * L.rows * L.rows)));
  for (let from = 0; from < B.columns; from += group) {
    const to = Math.min(B.columns, from + group);
    const part = block(B, 0, B.rows, from, to);
    solveTriangularInPlace(L, part, { triangle: 'lower' });
    solveTriangularInPlace(L, part, { triangle: 'lower', transpose: true });
    for (let i = 0; i < X.rows; i++) X.row(i).set(part.row(i), from);
    yield { ops: 2 * L.rows * L.rows * (to - from) };
  }
  return X;
}
