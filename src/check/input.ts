import type { CsrMatrix, Matrix } from '../array/index.ts';
import { InvalidInputError, show, showShape } from '../errors/index.ts';

/** What a table of numbers has to satisfy. */
export interface MatrixRules {
  /** Missing values (`NaN`) are allowed; infinities never are. */
  readonly allowNaN?: boolean;
  readonly minRows?: number;
  readonly minColumns?: number;
}

/**
 * The matrix itself, once it obeys the rules.
 *
 * @throws InvalidInputError if it is too small, or holds an infinity, or `NaN` where that is not allowed.
 */
export function checkMatrix(X: Matrix, action: string, rules: MatrixRules = {}): Matrix {
  const { allowNaN = false, minRows = 1, minColumns = 1 } = rules;
  checkSize(X.rows, X.columns, action, minRows, minColumns);
  const at = firstForbidden(X.data, allowNaN);
  if (at === -1) return X;
  throw new InvalidInputError({
    action,
    rule: `X must be finite${allowNaN ? ' or NaN' : ''}`,
    received: `${show(X.data[at])} at row ${Math.floor(at / X.columns)}, column ${at % X.columns}`,
    ...(Number.isNaN(X.data[at]) ? { repair: 'impute first, e.g. with SimpleImputer' } : {}),
  });
}

/**
 * A sparse matrix itself, once its stored values obey the rules.
 *
 * @throws InvalidInputError if one is infinite, or `NaN` where that is not allowed.
 */
export function checkSparse(X: CsrMatrix, action: string, { allowNaN = false }: MatrixRules = {}): CsrMatrix {
  const at = firstForbidden(X.data, allowNaN);
  if (at === -1) return X;
  const row = X.indptr.findIndex(end => end > at) - 1;
  throw new InvalidInputError({
    action,
    rule: `X must be finite${allowNaN ? ' or NaN' : ''}`,
    received: `${show(X.data[at])} at row ${row}, column ${X.indices[at]}`,
  });
}

/** @throws InvalidInputError if a table has fewer rows or columns than needed. */
export function checkSize(rows: number, columns: number, action: string, minRows = 1, minColumns = 1): void {
  if (rows < minRows) {
    throw new InvalidInputError({ action, rule: `nSamples must be >= ${minRows}`, received: `nSamples ${rows}` });
  }
  if (columns < minColumns) {
    throw new InvalidInputError({
      action,
      rule: `X must have at least ${minColumns} feature${minColumns === 1 ? '' : 's'}`,
      received: showShape(rows, columns),
    });
  }
}

/** Where the first value is infinite, or `NaN` where that is not allowed; -1 where none is. */
function firstForbidden(data: Float64Array, allowNaN: boolean): number {
  if (areAllFinite(data)) return -1;
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    // Of finite values, and of no others, the difference from themselves is 0.
    if (value - value !== 0 && !(allowNaN && Number.isNaN(value))) return at;
  }
  return -1;
}

/** Whether all values are finite: only then are all products with 0, and their sums, 0. */
function areAllFinite(data: Float64Array): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = 0;
  for (; at + 3 < data.length; at += 4) {
    a += data[at]! * 0;
    b += data[at + 1]! * 0;
    c += data[at + 2]! * 0;
    d += data[at + 3]! * 0;
  }
  for (; at < data.length; at++) a += data[at]! * 0;
  return a + b + c + d === 0;
}
