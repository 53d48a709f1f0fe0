import type { Matrix } from '../array/index.ts';
import { boolean, checkParams, type ParamsOf } from '../check/index.ts';
import { type Dataset, numberDataset } from './dataset.ts';

const spec = {
  /** Whether each column is centred and divided so that its squares sum to 1; else the measurements. */
  scaled: boolean({ default: true }),
};
export type LoadDiabetesParams = ParamsOf<typeof spec>;

/**
 * Ten measurements of 442 diabetes patients and the progression of the disease a year later (B. Efron et al., 2004).
 *
 * @returns `X` of shape (442, 10), `y` of shape (442,)
 * @throws InvalidParamError if `scaled` is not a boolean
 *
 * @example
 * import { loadDiabetes } from 'fitwise';
 * const { X, y } = await loadDiabetes({ scaled: false });
 * [X.get(0, 0), y[0]]; // [59, 151]
 */
export async function loadDiabetes(params: Partial<LoadDiabetesParams> = {}): Promise<Dataset<Float64Array>> {
  const { scaled } = checkParams('data by loadDiabetes', spec, params);
  const { X, y, toTable, ...rest } = numberDataset(await import('./generated/diabetes.ts'), 1);
  if (scaled) scaleColumns(X);
  return { ...rest, X, y: y.column(0), toTable };
}

/** In scikit-learn's order of operations, so that its values come out to the bit. */
function scaleColumns(X: Matrix): void {
  for (let j = 0; j < X.columns; j++) {
    const column = X.column(j);
    const mean = sum(column) / X.rows;
    const centred = column.map(value => value - mean);
    const deviation = Math.sqrt(sum(centred.map(value => value * value)) / X.rows);
    for (let i = 0; i < X.rows; i++) X.set(i, j, centred[i]! / deviation / Math.sqrt(X.rows));
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
