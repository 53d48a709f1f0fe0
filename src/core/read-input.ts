import {
  type CsrMatrix,
  columnNamesOf,
  Frame,
  frameSteps,
  hasNames,
  isNumberTable,
  type Matrix,
  type MatrixLike,
  matrixSteps,
  SparseMatrix,
  toFrame,
  toMatrix,
} from '../array/index.ts';
import { checkFinite, checkSize, checkSparse, isListLike } from '../check/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
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
export function* readInput(X: MatrixLike, action: string, traits: Traits, { isRaw = false } = {}): Work<Entry> {
  const { input = 'matrix', sparse = 'refused', allowNaN = false } = traits;
  if (input === 'any') return { data: X, ...shapeOf(X), names: columnNamesOf(X) };
  if (input === 'text') {
    const { readDocuments } = yield* whenFitting();
    const data = readDocuments(X, action);
    return { data, rows: data.length, columns: 1, names: undefined };
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
    checkSparse(X, action, { allowNaN });
    return entryOf(X, undefined);
  }
  if (input === 'table' && isNumberTable(X)) return entryOf(toMatrix(X, action).matrix, undefined);
  if (input !== 'matrix') {
    const frame = yield* frameSteps(X, action);
    const { rows, columns } = frame;
    return { data: frame, rows, columns: columns.length, names: hasNames(X) ? frame.columnNames() : undefined };
  }
  const { matrix, names } = yield* matrixSteps(X, action);
  const { rows, columns } = matrix;
  checkSize(rows, columns, action);
  if (!isRaw) yield* inBlocks(rows, columns, (from, to) => checkFinite(matrix, from, to, action, { allowNaN }));
  return entryOf(matrix, names);
}

function entryOf(data: Matrix | CsrMatrix, names: readonly string[] | undefined): Entry {
  return { data, rows: data.rows, columns: data.columns, names };
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
