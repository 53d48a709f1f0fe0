import type { Matrix } from '../../array/index.ts';
import { checkMatrix } from '../../check/index.ts';
import { centredRows, type KMeansRows, type WeighedRows, weighedRows } from '../../kernels/index.ts';
import type { Work } from '../../work/index.ts';
import { checkRange } from './move-origin.ts';

/** What every run works on. */
export interface Samples {
  /** Rows less `mean`: distances by products lose fewer digits near the origin. Made when first asked for. */
  readonly X: Matrix;
  readonly weights: Float64Array;
  readonly mean: Float64Array;
  /** Population variance of the features, averaged over them: the scale of `tol`. */
  readonly variance: number;
  /** The rows of X, prepared for visits. */
  readonly rows: KMeansRows;
  /** The same with their weights. */
  readonly weighed: WeighedRows;
}

/**
 * Samples around their mean, to be closed by whoever asked for them; `mean` ignores the weights, as in scikit-learn.
 *
 * @throws InvalidInputError if X is not finite, or sums of squares leave the range of numbers.
 */
export function* centreSamples(X: Matrix, weights: Float64Array, action: string): Work<Samples> {
  const { rows, mean, squares } = yield* centredRows(X, weights);
  try {
    if (!Number.isFinite(squares.plain)) checkMatrix(X, action);
    checkRange(squares, weights, action);
    return {
      get X() {
        return rows.X;
      },
      weights,
      mean,
      variance: squares.plain / X.rows / X.columns,
      rows,
      weighed: weighedRows(rows, weights),
    };
  } catch (error) {
    rows.close();
    throw error;
  }
}

export function closeSamples({ rows, weighed }: Samples): void {
  weighed.close();
  rows.close();
}
