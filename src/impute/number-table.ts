import { type Frame, frameToMatrix, Matrix } from '../array/index.ts';
import type { Work } from '../work/index.ts';
import { inBlocks } from '../work/index.ts';
import type { MissingValue } from './missing.ts';

/** A table as it comes: a matrix, or columns of any kind. */
export type Table = Matrix | Frame;

export function asFrame(X: Table): Frame {
  return X instanceof Matrix ? X.toTable() : X;
}

/**
 * A table of nothing but numbers, with `NaN` where values are missing; undefined where some column holds anything else,
 * or a `NaN` that does not mean missing.
 */
export function* numbersOf(X: Table, missing: MissingValue, action: string): Work<Matrix | undefined> {
  if (!(X instanceof Matrix) && X.columns.some(({ values }) => !(values instanceof Float64Array))) return undefined;
  const numbers = X instanceof Matrix ? X : frameToMatrix(X, action);
  if (missing === null || Number.isNaN(missing)) return numbers;
  const marked = new Float64Array(numbers.data.length);
  let hasNaN = false;
  yield* inBlocks(marked.length, 1, (from, to) => {
    for (let at = from; at < to; at++) {
      const value = numbers.data[at]!;
      hasNaN ||= Number.isNaN(value);
      marked[at] = value === missing ? Number.NaN : value;
    }
  });
  return hasNaN ? undefined : new Matrix(marked, numbers.rows, numbers.columns);
}

/** Columns `kept` of a table, then for each of `flagged` a column that is 1 where `numbers` has `NaN`, else 0. */
export function* withFlags(
  table: Matrix,
  kept: readonly number[],
  numbers: Matrix,
  flagged: readonly number[],
): Work<Matrix> {
  const width = kept.length + flagged.length;
  const result = Matrix.zeros(table.rows, width);
  yield* inBlocks(table.rows, Math.max(1, width), (from, to) => {
    for (let i = from, at = from * width; i < to; i++) {
      for (const j of kept) result.data[at++] = table.data[i * table.columns + j]!;
      for (const j of flagged) result.data[at++] = Number.isNaN(numbers.data[i * numbers.columns + j]!) ? 1 : 0;
    }
  });
  return result;
}
