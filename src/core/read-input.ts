import {
  columnNamesOf,
  Frame,
  hasNames,
  isLong,
  isNumberTable,
  longSteps,
  type MatrixLike,
  SparseMatrix,
  toFrame,
  toMatrix,
} from '../array/index.ts';
import { checkMatrix, checkSize, checkSparse, isListLike } from '../check/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import type { Work } from '../work/index.ts';
import type { Traits } from './traits.ts';
import { whenFitting } from './when-fitting.ts';

/** One input, read and checked. */
export interface Entry {
  readonly data: unknown;
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[] | undefined;
}

/**
 * The input in the form that the traits ask for.
 *
 * @param options `isRaw`: the values of a dense matrix are left to be checked by the caller; default false
 */
export function readInput(X: MatrixLike, action: string, traits: Traits, { isRaw = false } = {}): Entry {
  const { input = 'matrix', sparse = 'refused' } = traits;
  if (input === 'any') return { data: X, ...shapeOf(X), names: columnNamesOf(X) };
  if (input === 'text') {
    const documents = whenFitting.loaded().readDocuments(X, action);
    return { data: documents, rows: documents.length, columns: 1, names: undefined };
  }
  if (typeof X !== 'object' || X === null) {
    throw new InvalidInputError({ action, rule: 'X must be a table', received: X === null ? 'null' : typeof X });
  }
  if (X instanceof SparseMatrix && sparse === 'refused') {
    throw new InvalidInputError({
      action,
      rule: 'X must be dense',
      received: 'a sparse matrix',
      repair: 'call toDense() first',
    });
  }
  if (X instanceof SparseMatrix && sparse === 'native') {
    checkSparse(X, action, { allowNaN: traits.allowNaN ?? false });
    return { data: X, rows: X.rows, columns: X.columns, names: undefined };
  }
  if (input === 'table' && isNumberTable(X)) {
    const { matrix } = toMatrix(X, action);
    return { data: matrix, rows: matrix.rows, columns: matrix.columns, names: undefined };
  }
  if (input !== 'matrix') {
    const frame = toFrame(X, action);
    return {
      data: frame,
      rows: frame.rows,
      columns: frame.numCols(),
      names: hasNames(X) ? frame.columnNames() : undefined,
    };
  }
  const { matrix, names } = toMatrix(X, action);
  if (isRaw) checkSize(matrix.rows, matrix.columns, action);
  else checkMatrix(matrix, action, { allowNaN: traits.allowNaN ?? false });
  return { data: matrix, rows: matrix.rows, columns: matrix.columns, names };
}

/** Whether {@link prepareInput} must come before {@link readInput}: in short calls every generator counts. */
export function needsPreparing(X: MatrixLike, { input = 'matrix' }: Traits): boolean {
  return input === 'text' || (isLong(X) && (input === 'matrix' || (input !== 'any' && hasNames(X))));
}

/** An input that is read in no time: a long one is converted with checkpoints, and readers of texts are loaded. */
export function* prepareInput(X: MatrixLike, action: string, { input }: Traits): Work<MatrixLike> {
  if (input !== 'text') return yield* longSteps(X, action);
  yield* whenFitting();
  return X;
}

/** Number of samples and features of any input. */
export function shapeOf(X: MatrixLike): { rows: number; columns: number } {
  if (X instanceof Frame || typeof X !== 'object' || X === null) {
    const { rows, columns } = toFrame(X, 'read X');
    return { rows, columns: columns.length };
  }
  const { rows, columns, length } = X as { rows?: number; columns?: number; length?: number };
  if (typeof rows === 'number' && typeof columns === 'number') return { rows, columns };
  if (typeof length === 'number') {
    return { rows: length, columns: widthOf((X as readonly unknown[])[0]) };
  }
  const frame = toFrame(X, 'read X');
  return { rows: frame.rows, columns: frame.numCols() };
}

/** Columns of one sample: a list, an object with any keys, or a text. */
function widthOf(sample: unknown): number {
  if (typeof sample === 'string') return 1;
  return isListLike(sample) ? sample.length : Object.keys(sample ?? {}).length;
}
