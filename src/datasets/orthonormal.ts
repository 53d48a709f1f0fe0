import { Matrix } from '../array/index.ts';

/**
 * Orthonormal columns that span those of `A` (rows >= columns): the factor Q of A = Q R by Householder reflections,
 * with LAPACK's signs.
 *
 * Source: G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition (2013), 5.2.
 */
export function orthonormalColumns(A: Matrix): Matrix {
  const R = A.transpose().toArray();
  const reflections = R.map((column, k) => {
    const reflection = reflectionOf(column, k);
    for (const other of R.slice(k)) reflect(other, reflection);
    return reflection;
  });
  const columns = R.map((_, k) => new Array<number>(A.rows).fill(0).with(k, 1));
  for (const reflection of reflections.reverse()) {
    for (const column of columns) reflect(column, reflection);
  }
  return Matrix.fromColumns(columns, A.rows);
}

/** I - tau v v', with v zero before `from` and one there. */
interface Reflection {
  readonly v: readonly number[];
  readonly tau: number;
}

/** The reflection that clears a column below place `from`. */
function reflectionOf(column: readonly number[], from: number): Reflection {
  const head = column[from]!;
  const rest = Math.hypot(...column.slice(from + 1));
  if (rest === 0) return { v: [], tau: 0 };
  const beta = head >= 0 ? -Math.hypot(head, rest) : Math.hypot(head, rest);
  const v = column.map((value, i) => (i < from ? 0 : i === from ? 1 : value / (head - beta)));
  return { v, tau: (beta - head) / beta };
}

function reflect(column: number[], { v, tau }: Reflection): void {
  const factor = tau * v.reduce((sum, value, i) => sum + value * column[i]!, 0);
  v.forEach((value, i) => {
    column[i]! -= factor * value;
  });
}
