import { InvalidInputError, show } from '../errors/index.ts';
import { isListLike } from './list-like.ts';

/**
 * A list that is read by index: arrays as they are, table columns (read by `at` or `get`) and array-likes as a copy.
 *
 * @throws InvalidInputError if it is no list. What only says that it has a length is none, however great that is.
 */
export function toList<T>(list: ArrayLike<T>, name: string, action: string): ArrayLike<T> {
  if (isListLike(list)) return list;
  const column = list as { length?: unknown; at?: unknown; get?: unknown };
  const { length } = typeof list === 'object' && list !== null ? column : {};
  if (Number.isSafeInteger(length) && (length as number) >= 0) {
    const count = length as number;
    const read = [column.at, column.get].find(method => typeof method === 'function') as ((i: number) => T) | undefined;
    if (read !== undefined) return Array.from({ length: count }, (_, i) => read.call(column, i));
    if (count === 0 || (0 in list && count - 1 in list)) return Array.from({ length: count }, (_, i) => list[i]!);
  }
  throw new InvalidInputError({ action, rule: `${name} must be an array`, received: show(list) });
}
