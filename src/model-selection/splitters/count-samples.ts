import { hasNames, type MatrixLike, toFrame } from '../../array/index.ts';
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

function countRows(X: Exclude<Samples, number>, action: string): number {
  const { rows, length } = (X ?? {}) as { rows?: unknown; length?: unknown };
  if (typeof rows === 'number') return rows;
  if (typeof length === 'number') return length;
  if (hasNames(X as MatrixLike)) return toFrame(X as MatrixLike, action).rows;
  throw new InvalidInputError({ action, rule: 'X must be a table', received: show(X) });
}
