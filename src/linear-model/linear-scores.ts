import { type CsrMatrix, Matrix, SparseMatrix } from '../array/index.ts';
import type { Task } from '../kernels/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { scoresInto } from './row-products.ts';

/** What a linear model computes with: one row of coefficients and one intercept per output. */
export interface LinearWeights {
  /** outputs × features */
  readonly coef: Matrix;
  readonly intercept: Float64Array;
}

/** The size of `linearScores`. */
export function scoresTask({ rows, columns }: Matrix, { coef }: LinearWeights): Task {
  return { operations: rows * columns * coef.rows, numbers: rows * (columns + coef.rows) };
}

/** The weights of every class: where there is one score for two classes, the first class's are zero. */
export function bothClasses({ coef, intercept }: LinearWeights): LinearWeights {
  if (coef.rows > 1) return { coef, intercept };
  const both = Matrix.zeros(2, coef.columns);
  both.row(1).set(coef.data);
  return { coef: both, intercept: Float64Array.of(0, intercept[0]!) };
}

/** X W' + intercept: samples × outputs. */
export function* linearScores(X: Matrix | CsrMatrix, { coef, intercept }: LinearWeights): Work<Matrix> {
  if (X instanceof SparseMatrix) return yield* sparseScores(X, { coef, intercept });
  const outputs = coef.rows;
  const scores = Matrix.zeros(X.rows, outputs);
  const chunk = Math.max(1, Math.floor(MAX_OPS / (coef.data.length + outputs)));
  for (let from = 0; from < X.rows; from += chunk) {
    const count = Math.min(chunk, X.rows - from);
    const isWhole = count === X.rows;
    const block = isWhole ? scores.data : scores.data.subarray(from * outputs, (from + count) * outputs);
    scoresInto(X, { from, count }, coef.data, block);
    for (let at = 0; at < block.length; at++) block[at]! += intercept[at % outputs]!;
    yield { ops: count * (coef.data.length + outputs) };
  }
  return scores;
}

function* sparseScores(X: CsrMatrix, { coef, intercept }: LinearWeights): Work<Matrix> {
  const scores = Matrix.zeros(X.rows, coef.rows);
  for (let k = 0; k < coef.rows; k++) {
    for (let i = 0; i < X.rows; i++) {
      scores.data[i * coef.rows + k] = rowTimes(X, i, coef.data, k * coef.columns) + intercept[k]!;
    }
    yield { ops: X.stored };
  }
  return scores;
}

/** Row `i` times the coefficients from `start` on. */
export function rowTimes({ data, indices, indptr }: CsrMatrix, i: number, w: Float64Array, start: number): number {
  const end = indptr[i + 1]!;
  let sum = 0;
  for (let at = indptr[i]!; at < end; at++) sum += data[at]! * w[start + indices[at]!]!;
  return sum;
}
