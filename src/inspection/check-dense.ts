import { CsrMatrix, type Frame, type Matrix, type MatrixLike, toTable } from '../array/index.ts';
import { InvalidInputError } from '../errors/index.ts';

/** @throws InvalidInputError on sparse matrices and on what is no table. */
export function checkDense(X: MatrixLike, action: string): Matrix | Frame {
  const table = toTable(X, action);
  if (!(table instanceof CsrMatrix)) return table;
  throw new InvalidInputError({
    action,
    rule: 'X must be dense',
    received: 'a sparse matrix',
    repair: 'call toDense() first',
  });
}

/** Number of columns. */
export function widthOf(X: Matrix | Frame): number {
  return 'numCols' in X ? X.numCols() : X.columns;
}
