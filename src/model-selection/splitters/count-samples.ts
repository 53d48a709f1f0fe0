import { CsrMatrix, Frame, Matrix, type MatrixLike, toTable } from '../../array/index.ts';
import { isListLike, toList } from '../../check/index.ts';
import { InvalidInputError, show } from '../../errors/index.ts';
import type { Samples } from './splitter.ts';

/**
 * Number of samples in a table, a list, or given as it is.
 *
 * @throws InvalidInputError if it is not a whole number >= 1.
 */
export function countSamples(X: Samples, action: string): number {
  const count = typeof X === 'number' ? X : countRows(X, action);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidInputError({ action, rule: 'nSamples must be >= 1', received: `nSamples ${show(count)}` });
}

/** What only says that it has a length, or rows, is neither a list nor a table. */
function countRows(X: Exclude<Samples, number>, action: string): number {
  if (X instanceof Matrix || X instanceof CsrMatrix || X instanceof Frame || isListLike(X)) {
    return 'rows' in X ? X.rows : X.length;
  }
  const { rows, length } = (X ?? {}) as { rows?: unknown; length?: unknown };
  if (typeof length === 'number' && rows === undefined)
    return toList(X as unknown as ArrayLike<unknown>, 'X', action).length;
  return toTable(X as MatrixLike, action).rows;
}
