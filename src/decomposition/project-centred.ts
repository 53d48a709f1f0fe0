import { Matrix } from '../array/index.ts';
import type { Products } from '../kernels/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Samples less their mean, along the axes: single precision keeps more digits of differences than of values. */
export function* projectCentred(X: Matrix, mean: Float64Array, axes: Matrix, products: Products): Work<Matrix> {
  return yield* products.matmul(yield* centre(X, mean), axes, { transposeB: true });
}

/** Samples less their mean. */
export function* centre(X: Matrix, mean: Float64Array): Work<Matrix> {
  const centred = Matrix.zeros(X.rows, X.columns);
  yield* eachRow(X, at => {
    for (let j = 0; j < X.columns; j++) centred.data[at + j] = X.data[at + j]! - mean[j]!;
  });
  return centred;
}

/** Visits rows by the offset of their first element, with checkpoints between. */
export function* eachRow(X: Matrix, visit: (offset: number) => void): Work<void> {
  const chunk = Math.max(1, Math.floor(MAX_OPS / X.columns));
  for (let from = 0; from < X.rows; from += chunk) {
    const to = Math.min(X.rows, from + chunk);
    for (let i = from; i < to; i++) visit(i * X.columns);
    yield { ops: (to - from) * X.columns };
  }
}
