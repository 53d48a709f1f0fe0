import { Matrix } from '../../array/index.ts';

/**
 * LIBLINEAR's problem: `sum_i cost_i * log(1 + exp(-sign_i * w.x_i))` plus half the squared length of `w` (l2) or
 * the sum of its sizes (l1). The intercept is the weight of a constant feature, and is penalised like the others.
 */
export interface LiblinearProblem {
  /** Samples with a cost, those of the first class before those of the second. */
  readonly X: Matrix;
  /** -1 for the first class, 1 for the second. */
  readonly signs: Float64Array;
  readonly costs: Float64Array;
}

export interface LiblinearResult {
  readonly w: Float64Array;
  readonly nIter: number;
  readonly converged: boolean;
}

export interface LiblinearData {
  readonly X: Matrix;
  /** 0 or 1 per sample. */
  readonly codes: Int32Array;
  /** C times the sample's weight. */
  readonly costs: Float64Array;
  /** Value of the constant feature; null for none. */
  readonly constant: number | null;
}

/** Leaves samples of weight zero out, puts the classes one after the other, and appends the constant feature. */
export function liblinearProblem({ X, codes, costs, constant }: LiblinearData): LiblinearProblem {
  const order = [0, 1].flatMap(code => Array.from(codes.keys()).filter(i => codes[i] === code && costs[i]! > 0));
  const columns = X.columns + (constant === null ? 0 : 1);
  const rows = Matrix.zeros(order.length, columns);
  order.forEach((i, at) => {
    rows.data.set(X.row(i), at * columns);
    if (constant !== null) rows.data[at * columns + X.columns] = constant;
  });
  return {
    X: rows,
    signs: Float64Array.from(order, i => 2 * codes[i]! - 1),
    costs: Float64Array.from(order, i => costs[i]!),
  };
}

/** The primal solvers' tolerance is relaxed where one class is rare. */
export function primalTolerance({ signs }: LiblinearProblem, tol: number): number {
  const positive = signs.reduce((count, sign) => count + (sign > 0 ? 1 : 0), 0);
  return (tol * Math.max(Math.min(positive, signs.length - positive), 1)) / signs.length;
}
