import { type MatrixLike, toFrame } from '../array/index.ts';
import { toList } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/**
 * Documents: a list of strings, or the only column of a table.
 *
 * @throws InvalidInputError on anything else, and on documents that are missing.
 */
export function readDocuments(X: MatrixLike, action: string): readonly string[] {
  if (typeof X === 'string') {
    const rule = 'X must be a list of documents';
    throw new InvalidInputError({ action, rule, received: show(X), repair: 'wrap one document as [document]' });
  }
  const documents = Array.from<unknown>(isTable(X) ? onlyColumn(X, action) : toList<unknown>(X as never, 'X', action));
  const row = documents.findIndex(document => typeof document !== 'string');
  if (row === -1) return documents as string[];
  throw new InvalidInputError({
    action,
    rule: 'documents must be strings',
    received: `${show(documents[row])} at row ${row}`,
    repair: 'fill missing ones, e.g. with an empty string',
  });
}

/** A list of anything but rows, and a table's column, are documents by themselves. */
function isTable(X: MatrixLike): boolean {
  if (Array.isArray(X)) return typeof X[0] === 'object' && X[0] !== null;
  return typeof X !== 'object' || X === null || !('length' in X);
}

function onlyColumn(X: MatrixLike, action: string): ArrayLike<unknown> {
  const { columns } = toFrame(X, action);
  if (columns.length === 1) return columns[0]!.values;
  throw new InvalidInputError({
    action,
    rule: 'X must be a list of documents, or a table with one column of them',
    received: `${columns.length} columns`,
    repair: 'choose one, e.g. with ColumnTransformer',
  });
}
