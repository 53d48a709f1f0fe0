/** What an input is, told by its structure, so that no table library is imported here. */
import type { ArqueroLike, ArrowLike, FlatMatrix, MlMatrixLike, RowObject } from './input-types.ts';

export function isFlat(X: unknown): X is FlatMatrix {
  return isObject(X) && 'data' in X && 'rows' in X && 'columns' in X && isArrayLike(X.data) && !isMlMatrix(X);
}

export function isMlMatrix(X: unknown): X is MlMatrixLike {
  return isObject(X) && typeof X.to2DArray === 'function' && typeof X.rows === 'number';
}

export function isArquero(X: unknown): X is ArqueroLike {
  return isObject(X) && typeof X.columnNames === 'function' && typeof X.scan === 'function';
}

export function isArrow(X: unknown): X is ArrowLike {
  return isObject(X) && typeof X.getChild === 'function' && isObject(X.schema);
}

export function isRowObjects(X: readonly unknown[]): X is readonly RowObject[] {
  const first = X[0];
  return isObject(first) && !isArrayLike(first);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
