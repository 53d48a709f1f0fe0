/** The logistic loss of linear scores on sparse samples: what the kernel `linear-loss` computes, of stored values alone. */
import type { CsrMatrix } from '../array/index.ts';
import type { LinearProblem } from '../kernels/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { rowTimes } from './linear-scores.ts';

export interface SparseProblem extends Omit<LinearProblem, 'X'> {
  readonly X: CsrMatrix;
}

/** Puts derivatives in the place of a sample's scores; gives the sample's share of the loss. */
type Transform = (row: number, scores: Float64Array) => number;

/** As `logisticLossWork`, for sparse samples. */
export function* sparseLossWork(
  problem: SparseProblem,
  w: Float64Array,
  gradient: Float64Array,
  probabilities?: Float64Array,
): Work<number> {
  const { codes, weights, outputs } = problem;
  const lossOf = outputs === 1 ? sigmoidLoss : softmaxLoss;
  return yield* sweep(problem, w, gradient, (row, scores) => {
    const loss = lossOf(scores, codes[row]!);
    probabilities?.set(scores, row * outputs);
    for (let o = 0; o < outputs; o++) {
      const target = outputs === 1 ? codes[row]! : Number(o === codes[row]);
      scores[o] = weights[row]! * (scores[o]! - target);
    }
    return weights[row]! * loss;
  });
}

/** As `logisticHessianWork`, for sparse samples. */
export function* sparseHessianWork(
  problem: SparseProblem,
  probabilities: Float64Array,
  v: Float64Array,
  product: Float64Array,
): Work<void> {
  const { weights, outputs } = problem;
  yield* sweep(problem, v, product, (row, scores) => {
    const p = probabilities.subarray(row * outputs, (row + 1) * outputs);
    // diag(p) - p p' times the scores; with one output its other class has the rest of the probability.
    const mean = scores.reduce((sum, score, o) => sum + p[o]! * score, 0);
    for (let o = 0; o < outputs; o++) scores[o] = weights[row]! * p[o]! * (scores[o]! - mean);
    return 0;
  });
}

/** -log p of the class, with the probability of the second of two classes in the place of its score. */
function sigmoidLoss(scores: Float64Array, code: number): number {
  const score = scores[0]!;
  // log(1 + exp(score)) - code * score, without overflow.
  const small = Math.exp(-Math.abs(score));
  scores[0] = (score >= 0 ? 1 : small) / (1 + small);
  return Math.log1p(small) + Math.max(score, 0) - code * score;
}

/** -log p of the class, with probabilities in the place of scores. */
function softmaxLoss(scores: Float64Array, code: number): number {
  const max = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const own = scores[code]! - max;
  let sum = 0;
  for (let o = 0; o < scores.length; o++) sum += scores[o] = Math.exp(scores[o]! - max);
  for (let o = 0; o < scores.length; o++) scores[o]! /= sum;
  return Math.log(sum) - own;
}

/** Lets `transform` work on each sample's scores, and adds what it leaves there, times the sample, to `sum`. */
function* sweep({ X, outputs, fitIntercept }: SparseProblem, w: Float64Array, sum: Float64Array, transform: Transform) {
  const { indptr, columns } = X;
  const stride = columns + (fitIntercept ? 1 : 0);
  const scores = new Float64Array(outputs);
  let [loss, ops] = [0, 0];
  for (let i = 0; i < X.rows; i++) {
    for (let o = 0; o < outputs; o++) {
      scores[o] = rowTimes(X, i, w, o * stride) + (fitIntercept ? w[o * stride + columns]! : 0);
    }
    loss += transform(i, scores);
    for (let o = 0; o < outputs; o++) {
      addRow(X, i, scores[o]!, sum, o * stride);
      if (fitIntercept) sum[o * stride + columns]! += scores[o]!;
    }
    ops += outputs * (4 * (indptr[i + 1]! - indptr[i]!) + 60);
    if (ops < MAX_OPS / 2) continue;
    yield { ops };
    ops = 0;
  }
  return loss;
}

/** Adds a multiple of row `i` to the numbers from `start` on. */
function addRow({ data, indices, indptr }: CsrMatrix, i: number, factor: number, sum: Float64Array, start: number) {
  const end = indptr[i + 1]!;
  for (let at = indptr[i]!; at < end; at++) sum[start + indices[at]!]! += factor * data[at]!;
}
