import { Matrix } from '../../array/index.ts';

/** Softmax of the scores X W' + b, row by row: samples × outputs. */
export function softmaxScoresReference(X: Matrix, weights: Matrix, intercept: Float64Array): Matrix {
  const probabilities = Matrix.zeros(X.rows, weights.rows);
  for (let i = 0; i < X.rows; i++) probabilities.row(i).set(softmaxOfRow(X.row(i), weights, intercept));
  return probabilities;
}

/** The probabilities of one sample. */
export function softmaxOfRow(x: Float64Array, weights: Matrix, intercept: Float64Array): Float64Array {
  const scores = intercept.map((b, k) => x.reduce((sum, value, j) => sum + value * weights.get(k, j), b));
  const most = scores.reduce((size, value) => Math.max(size, value), Number.NEGATIVE_INFINITY);
  const parts = scores.map(score => Math.exp(score - most));
  const total = parts.reduce((sum, value) => sum + value, 0);
  return parts.map(part => part / total);
}
