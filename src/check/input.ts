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
  checkFinite(X, 0, X.rows, action, { allowNaN });
  return X;
}

/** @throws InvalidInputError if the rows `from` to `to` hold an infinity, or `NaN` where that is not allowed. */
export function checkFinite(
  X: Matrix,
  from: number,
  to: number,
  action: string,
  { allowNaN = false }: MatrixRules = {},
): void {
  const { data, columns } = X;
  const at = firstForbidden(data, from * columns, to * columns, allowNaN);
  if (at === -1) return;
  throw new InvalidInputError({
    action,
    rule: `X must be finite${allowNaN ? ' or NaN' : ''}`,
    received: `${show(data[at])} at row ${Math.floor(at / columns)}, column ${at % columns}`,
    ...(Number.isNaN(data[at]) ? { repair: 'impute first, e.g. with SimpleImputer' } : {}),
  });
}

/**
 * A sparse matrix itself, once its stored values obey the rules.
 *
 * @throws InvalidInputError if one is infinite, or `NaN` where that is not allowed.
 */
export function checkSparse(X: CsrMatrix, action: string, { allowNaN = false }: MatrixRules = {}): CsrMatrix {
  const at = firstForbidden(X.data, 0, X.stored, allowNaN);
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

/** Where the first value of a range is infinite, or `NaN` where that is not allowed; -1 where none is. */
function firstForbidden(data: Float64Array, from: number, to: number, allowNaN: boolean): number {
  if (areAllFinite(data, from, to)) return -1;
  for (let at = from; at < to; at++) {
    const value = data[at]!;
    // Of finite values, and of no others, the difference from themselves is 0.
    if (value - value !== 0 && !(allowNaN && Number.isNaN(value))) return at;
  }
  return -1;
}

/** Whether all values of a range are finite: only then are all products with 0, and their sums, 0. */
function areAllFinite(data: Float64Array, from: number, to: number): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = from;
  for (; at + 3 < to; at += 4) {
    a += data[at]! * 0;
    b += data[at + 1]! * 0;
    c += data[at + 2]! * 0;
    d += data[at + 3]! * 0;
  }
  for (; at < to; at++) a += data[at]! * 0;
  return a + b + c + d === 0;
}
