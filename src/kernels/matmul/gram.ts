import { Matrix } from '../../array/index.ts';
import { runSync, type Work } from '../../work/index.ts';
import { multiply, operand } from './index.ts';

/** X'X, symmetric to the bit: (n, p) gives (p, p). Does half of the operations of a product. */
export function* gramWork(X: Matrix): Work<Matrix> {
  const { rows, columns } = X;
  const product = Matrix.zeros(columns, columns);
  const operands = { a: operand(X, true), b: operand(X), c: operand(product) };
  yield* multiply({ m: columns, n: columns, k: rows, ...operands, isAdded: false, isSymmetric: true });
  mirrorUpper(product);
  return product;
}

/** {@link gramWork} without checkpoints. */
export function gram(X: Matrix): Matrix {
  return runSync(gramWork(X));
}

/** Copies what is right of the diagonal to the left of it. */
export function mirrorUpper({ data, rows }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) data[i * rows + j] = data[j * rows + i]!;
  }
}
