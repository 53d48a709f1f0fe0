import { Matrix } from '../array/index.ts';

/** The product A B. */
export function multiply(A: Matrix, B: Matrix): Matrix {
  const product = Matrix.zeros(A.rows, B.columns);
  for (let i = 0; i < A.rows; i++) {
    const row = product.row(i);
    for (let k = 0; k < A.columns; k++) {
      const factor = A.get(i, k);
      const other = B.row(k);
      for (let j = 0; j < row.length; j++) row[j]! += factor * other[j]!;
    }
  }
  return product;
}
