import { Matrix } from '../array/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';

/** Data of a least-squares problem without intercept, and how to get the intercept back. */
export interface CenteredData {
  readonly X: Matrix;
  readonly y: Matrix;
  readonly xMean: Float64Array;
  readonly yMean: Float64Array;
}

export interface CenterOptions {
  readonly fitIntercept: boolean;
  readonly sampleWeight: Float64Array | undefined;
}

/** Copies of `X` and `y` less their weighted column means; as they are (means zero) without an intercept. */
export function* centerData(X: Matrix, y: Matrix, options: CenterOptions): Work<CenteredData> {
  const { fitIntercept, sampleWeight } = options;
  if (!fitIntercept) {
    return { X, y, xMean: new Float64Array(X.columns), yMean: new Float64Array(y.columns) };
  }
  const xMean = yield* columnMeans(X, sampleWeight);
  const yMean = yield* columnMeans(y, sampleWeight);
  return {
    X: yield* mapRows(X, (value, _, j) => value - xMean[j]!),
    y: yield* mapRows(y, (value, _, j) => value - yMean[j]!),
    xMean,
    yMean,
  };
}

/** Rows times the square root of their weights, which turns a weighted sum of squares into a plain one. */
export function* scaleRows(M: Matrix, sampleWeight: Float64Array | undefined): Work<Matrix> {
  if (sampleWeight === undefined) return M;
  const roots = sampleWeight.map(Math.sqrt);
  return yield* mapRows(M, (value, i) => value * roots[i]!);
}

/** intercept = mean(y) - mean(x) . w, per target (`coef` is targets × features). */
export function interceptOf({ xMean, yMean }: Pick<CenteredData, 'xMean' | 'yMean'>, coef: Matrix): Float64Array {
  return yMean.map((mean, t) => mean - coef.row(t).reduce((sum, w, j) => sum + w * xMean[j]!, 0));
}

/** Weighted means, corrected by the mean of what is left, so that a large common offset costs no digits. */
function* columnMeans(M: Matrix, weights: Float64Array | undefined): Work<Float64Array> {
  const { rows, columns, data } = M;
  const mean = new Float64Array(columns);
  const total = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  for (let pass = 0; pass < 2; pass++) {
    const sums = new Float64Array(columns);
    yield* inChunks(rows, columns, i => {
      const weight = weights === undefined ? 1 : weights[i]!;
      for (let j = 0; j < columns; j++) sums[j]! += weight * (data[i * columns + j]! - mean[j]!);
    });
    for (let j = 0; j < columns; j++) mean[j]! += sums[j]! / total;
  }
  return mean;
}

function* mapRows(M: Matrix, f: (value: number, row: number, column: number) => number): Work<Matrix> {
  const { rows, columns, data } = M;
  const result = Matrix.zeros(rows, columns);
  yield* inChunks(rows, columns, i => {
    for (let j = 0; j < columns; j++) result.data[i * columns + j] = f(data[i * columns + j]!, i, j);
  });
  return result;
}

function* inChunks(rows: number, columns: number, visit: (row: number) => void): Work<void> {
  const chunk = Math.max(1, Math.floor(MAX_OPS / Math.max(1, columns)));
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk);
    for (let i = from; i < to; i++) visit(i);
    yield { ops: (to - from) * columns };
  }
}
