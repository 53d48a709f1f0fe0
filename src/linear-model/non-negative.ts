import { Matrix } from '../array/index.ts';
import { warn } from '../errors/index.ts';
import { nnlsWork } from '../linalg/index.ts';
import type { Work } from '../work/index.ts';
import type { LinearSolution } from './linear-regression.ts';

/** Least squares without negative coefficients; `source` warns where they do not settle. */
export function* nonNegative(X: Matrix, y: Matrix, source: string): Work<LinearSolution> {
  const coef = Matrix.zeros(y.columns, X.columns);
  for (let t = 0; t < y.columns; t++) {
    const { x, converged } = yield* nnlsWork(X, y.column(t));
    if (!converged) {
      const message = 'the set of positive coefficients did not settle; scale the features, or remove collinear ones';
      warn({ kind: 'convergence', source, message });
    }
    coef.row(t).set(x);
  }
  return { coef, rank: null, singular: null };
}
