import { CsrMatrix, type Matrix } from '../array/index.ts';
import { type LinearProblem, logisticHessianWork, logisticLossWork, residentSamples } from '../kernels/index.ts';
import type { Work } from '../work/index.ts';
import { type SparseProblem, sparseHessianWork, sparseLossWork } from './sparse-logistic-loss.ts';

/** Samples in a form that a loss can be computed of. */
export type Samples = Matrix | CsrMatrix;

/** What the loss is made of. */
export interface LogisticProblem<X extends Samples = Matrix> extends Omit<LinearProblem, 'X'> {
  readonly X: X;
  /** Half of this times the squared coefficients, intercepts excepted, is added. */
  readonly l2: number;
}

/**
 * The logistic loss `sum_i weight_i * -log p(class_i | x_i) + l2 / 2 * |W|²`, with its gradient and Hessian.
 *
 * Coefficients are one list: for each output its `columns` coefficients, then its intercept where there is one.
 * Whoever makes one closes it in a `finally`.
 */
export class LogisticLoss<X extends Samples = Samples> {
  readonly problem: LogisticProblem<X>;
  /** Length of one output's part of the coefficients. */
  readonly stride: number;
  readonly size: number;
  /** Probabilities at the point of the last `prepareCurvature`, samples × outputs. */
  readonly #probabilities: Float64Array;

  constructor(problem: LogisticProblem<X>) {
    const { X } = problem;
    this.problem = { ...problem, resident: X instanceof CsrMatrix ? undefined : residentSamples({ ...problem, X }) };
    this.stride = problem.X.columns + (problem.fitIntercept ? 1 : 0);
    this.size = this.stride * problem.outputs;
    this.#probabilities = new Float64Array(problem.X.rows * problem.outputs);
  }

  /** Ends its use: the samples leave the kernels' memory. */
  close(): void {
    this.problem.resident?.close();
  }

  /** The loss at `w`; its gradient is written to `gradient`. */
  *lossGradient(w: Float64Array, gradient: Float64Array): Work<number> {
    gradient.fill(0);
    return (yield* lossWork(this.problem, w, gradient)) + this.#penalise(w, gradient);
  }

  /** As `lossGradient`, and keeps what `hessianTimes` and `curvature` need about this point. */
  *prepareCurvature(w: Float64Array, gradient: Float64Array): Work<number> {
    gradient.fill(0);
    const loss = yield* lossWork(this.problem, w, gradient, this.#probabilities);
    return loss + this.#penalise(w, gradient);
  }

  /** Writes the Hessian at the point of the last `prepareCurvature`, times `v`, to `product`. */
  *hessianTimes(v: Float64Array, product: Float64Array): Work<void> {
    product.fill(0);
    yield* hessianWork(this.problem, this.#probabilities, v, product);
    this.#penalise(v, product);
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

function lossWork(problem: LogisticProblem<Samples>, ...point: TailOf<typeof logisticLossWork>): Work<number> {
  return isSparse(problem) ? sparseLossWork(problem, ...point) : logisticLossWork(problem as LinearProblem, ...point);
}

function hessianWork(problem: LogisticProblem<Samples>, ...point: TailOf<typeof logisticHessianWork>): Work<void> {
  return isSparse(problem)
    ? sparseHessianWork(problem, ...point)
    : logisticHessianWork(problem as LinearProblem, ...point);
}

type TailOf<F> = F extends (first: never, ...rest: infer R) => unknown ? R : never;

function isSparse(problem: LogisticProblem<Samples>): problem is LogisticProblem<CsrMatrix> & SparseProblem {
  return problem.X instanceof CsrMatrix;
}
