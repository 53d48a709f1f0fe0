import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { scoresInto } from './row-products.ts';

/** What a linear model computes with: one row of coefficients and one intercept per output. */
export interface LinearWeights {
  /** outputs × features */
  readonly coef: Matrix;
  readonly intercept: Float64Array;
}

/** X W' + intercept: samples × outputs. */
export function* linearScores(X: Matrix, { coef, intercept }: LinearWeights): Work<Matrix> {
  const outputs = coef.rows;
  const scores = Matrix.zeros(X.rows, outputs);
  const chunk = Math.max(1, Math.floor(MAX_OPS / (coef.data.length + outputs)));
  for (let from = 0; from < X.rows; from += chunk) {
    const count = Math.min(chunk, X.rows - from);
    const block = scores.data.subarray(from * outputs, (from + count) * outputs);
    scoresInto(X, { from, count }, coef.data, block);
    for (let at = 0; at < block.length; at++) block[at]! += intercept[at % outputs]!;
    yield { ops: count * (coef.data.length + outputs) };
  }
  return scores;
}
