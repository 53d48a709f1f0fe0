import type { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { addTransposed, scoresInto } from './row-products.ts';

/** Rows whose scores are worked on together: their part of X stays in the cache between the two products. */
const BLOCK = 32;

/** What the loss is made of. */
export interface LogisticProblem {
  readonly X: Matrix;
  /** Position of each sample's class. */
  readonly codes: Int32Array;
  /** 1 for two classes (the score of the second), otherwise one score per class. */
  readonly outputs: number;
  readonly fitIntercept: boolean;
  /** Weight of each sample in the sum of losses. */
  readonly weights: Float64Array;
  /** Half of this times the squared coefficients, intercepts excepted, is added. */
  readonly l2: number;
}

/** Turns a block's scores into what is multiplied by X', and gives the block's share of the loss. */
type Transform = (scores: Float64Array, from: number, count: number) => number;

/**
 * The logistic loss `sum_i weight_i * -log p(class_i | x_i) + l2 / 2 * |W|²`, with its gradient and Hessian.
 *
 * Coefficients are one list: for each output its `columns` coefficients, then its intercept where there is one.
 * X is read once per evaluation, block by block.
 */
export class LogisticLoss {
  readonly problem: LogisticProblem;
  /** Length of one output's part of the coefficients. */
  readonly stride: number;
  readonly size: number;
  /** Probabilities at the point of the last `prepareCurvature`, samples × outputs. */
  readonly #probabilities: Float64Array;

  constructor(problem: LogisticProblem) {
    this.problem = problem;
    this.stride = problem.X.columns + (problem.fitIntercept ? 1 : 0);
    this.size = this.stride * problem.outputs;
    this.#probabilities = new Float64Array(problem.X.rows * problem.outputs);
  }

  /** The loss at `w`; its gradient is written to `gradient`. */
  *lossGradient(w: Float64Array, gradient: Float64Array): Work<number> {
    gradient.fill(0);
    const loss = yield* this.#sweep(w, this.#residuals(undefined), gradient);
    return loss + this.#penalise(w, gradient);
  }

  /** As `lossGradient`, and keeps what `hessianTimes` and `curvature` need about this point. */
  *prepareCurvature(w: Float64Array, gradient: Float64Array): Work<number> {
    gradient.fill(0);
    const loss = yield* this.#sweep(w, this.#residuals(this.#probabilities), gradient);
    return loss + this.#penalise(w, gradient);
  }

  /** Writes the Hessian at the point of the last `prepareCurvature`, times `v`, to `product`. */
  *hessianTimes(v: Float64Array, product: Float64Array): Work<void> {
    const { outputs, weights } = this.problem;
    const probabilities = this.#probabilities;
    product.fill(0);
    yield* this.#sweep(v, outputs === 1 ? binaryCurvature : softmaxCurvature, product);
    this.#penalise(v, product);

    function binaryCurvature(scores: Float64Array, from: number, count: number): number {
      for (let r = 0; r < count; r++) {
        const p = probabilities[from + r]!;
        scores[r]! *= weights[from + r]! * p * (1 - p);
      }
      return 0;
    }

    /** diag(p) - p p' of each sample, times its scores. */
    function softmaxCurvature(scores: Float64Array, from: number, count: number): number {
      for (let r = 0; r < count; r++) {
        const own = (from + r) * outputs;
        let mean = 0;
        for (let k = 0; k < outputs; k++) mean += probabilities[own + k]! * scores[r * outputs + k]!;
        for (let k = 0; k < outputs; k++) {
          const at = r * outputs + k;
          scores[at] = weights[from + r]! * probabilities[own + k]! * (scores[at]! - mean);
        }
      }
      return 0;
    }
  }

  /**
   * Second derivatives of the summed losses by the scores of outputs `k` and `l`, per sample, at the point of the
   * last `prepareCurvature`.
   */
  curvature(k: number, l: number): Float64Array {
    const { outputs, weights } = this.problem;
    const p = this.#probabilities;
    return weights.map((weight, i) => {
      const own = p[i * outputs + k]!;
      return weight * own * (k === l ? 1 - own : -p[i * outputs + l]!);
    });
  }

  *#sweep(w: Float64Array, transform: Transform, sum: Float64Array): Work<number> {
    const { X, outputs } = this.problem;
    const scores = new Float64Array(BLOCK * outputs);
    const cost = 2 * BLOCK * (this.size + 4 * outputs);
    let loss = 0;
    let ops = 0;
    for (let from = 0; from < X.rows; from += BLOCK) {
      const block = { from, count: Math.min(BLOCK, X.rows - from) };
      scoresInto(X, block, w, this.stride, scores);
      loss += transform(scores, from, block.count);
      addTransposed(X, block, scores, sum, this.stride);
      ops += cost;
      if (ops + cost <= MAX_OPS && block.from + BLOCK < X.rows) continue;
      yield { ops };
      ops = 0;
    }
    return loss;
  }

  /** The gradient of each loss by its scores; probabilities are kept in `kept`, where given. */
  #residuals(kept: Float64Array | undefined): Transform {
    const { outputs, codes, weights } = this.problem;
    const toProbabilities = outputs === 1 ? sigmoidInPlace : softmaxInPlace;
    return (scores, from, count) => {
      const loss = toProbabilities(scores, codes, weights, outputs, from, count);
      kept?.set(scores.subarray(0, count * outputs), from * outputs);
      for (let r = 0; r < count; r++) {
        const weight = weights[from + r]!;
        const code = codes[from + r]!;
        if (outputs === 1) scores[r] = weight * (scores[r]! - code);
        else
          for (let k = 0; k < outputs; k++)
            scores[r * outputs + k] = weight * (scores[r * outputs + k]! - (k === code ? 1 : 0));
      }
      return loss;
    };
  }

  /** Adds the penalty's gradient, and gives the penalty. */
  #penalise(w: Float64Array, gradient: Float64Array): number {
    const { l2, X } = this.problem;
    let squares = 0;
    for (let start = 0; start < w.length; start += this.stride) {
      for (let j = start; j < start + X.columns; j++) {
        squares += w[j]! * w[j]!;
        gradient[j]! += l2 * w[j]!;
      }
    }
    return (l2 / 2) * squares;
  }
}

/** Scores of the second class become its probabilities; gives the weighted sum of the losses. */
function sigmoidInPlace(
  scores: Float64Array,
  codes: Int32Array,
  weights: Float64Array,
  _outputs: number,
  from: number,
  count: number,
): number {
  let loss = 0;
  for (let r = 0; r < count; r++) {
    const score = scores[r]!;
    // log(1 + exp(score)) - code * score, without overflow.
    const small = Math.exp(-Math.abs(score));
    loss += weights[from + r]! * (Math.log1p(small) + (score > 0 ? score : 0) - codes[from + r]! * score);
    scores[r] = score >= 0 ? 1 / (1 + small) : small / (1 + small);
  }
  return loss;
}

/** Scores become probabilities, row by row; gives the weighted sum of the losses. */
function softmaxInPlace(
  scores: Float64Array,
  codes: Int32Array,
  weights: Float64Array,
  outputs: number,
  from: number,
  count: number,
): number {
  let loss = 0;
  for (let r = 0; r < count; r++) {
    const start = r * outputs;
    const own = scores[start + codes[from + r]!]!;
    let max = scores[start]!;
    for (let k = 1; k < outputs; k++) if (scores[start + k]! > max) max = scores[start + k]!;
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      const power = Math.exp(scores[start + k]! - max);
      scores[start + k] = power;
      sum += power;
    }
    for (let k = 0; k < outputs; k++) scores[start + k]! /= sum;
    loss += weights[from + r]! * (Math.log(sum) + max - own);
  }
  return loss;
}
