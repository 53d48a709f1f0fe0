import type { Column, Frame } from '../array/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import { type Category, categoriesOf, compareCategories, isMissing, toCategory, uniqueCategories } from './category.ts';

/** The categories of one feature, and how often each occurs. */
export interface CountedCategories {
  readonly categories: readonly Category[];
  readonly counts: readonly number[];
}

/** Position of an unknown category. */
export const UNKNOWN = -1;

/**
 * Sorted categories of every column, or those that the caller named.
 *
 * @param named `'auto'`, or one list per column
 * @param refuseUnknown whether a value that is not among the named categories is an error
 * @throws InvalidInputError on mixed types and unknown values. @throws InvalidParamError on lists that break a rule.
 */
export function* learnCategories(
  X: Frame,
  named: 'auto' | readonly (readonly Category[])[],
  refuseUnknown: boolean,
  action: string,
): Work<CountedCategories[]> {
  if (named !== 'auto' && named.length !== X.numCols()) {
    throw new InvalidParamError({
      action,
      rule: `categories must hold one list per column of X (${X.numCols()})`,
      received: `length ${named.length}`,
    });
  }
  const learned: CountedCategories[] = [];
  for (const [j, column] of X.columns.entries()) {
    const cells = categoriesOf(column, action);
    const categories =
      named === 'auto' ? uniqueCategories(cells, column.name, action) : checkNamed(named[j]!, column, action);
    const codes = yield* encodeCategories(cells, categories);
    const unknown = codes.indexOf(UNKNOWN);
    if (unknown !== -1 && refuseUnknown) throw unknownCategory(cells[unknown]!, unknown, column, categories, action);
    const counts = new Array<number>(categories.length).fill(0);
    for (const code of codes) if (code !== UNKNOWN) counts[code]!++;
    learned.push({ categories, counts });
  }
  return learned;
}

/** Positions of a column's values among its categories, `UNKNOWN` where a value is not one of them. */
export function* encodeCategories(cells: readonly Category[], categories: readonly Category[]): Work<Int32Array> {
  const position = new Map(categories.map((category, code) => [category, code]));
  const isNumeric = categories.every(category => typeof category === 'number');
  const codes = new Int32Array(cells.length);
  for (let from = 0; from < cells.length; from += MAX_OPS) {
    const to = Math.min(cells.length, from + MAX_OPS);
    for (let i = from; i < to; i++) {
      // A numeric column that happens to hold no number arrives with null for NaN.
      const cell = isNumeric && cells[i] === null ? Number.NaN : cells[i]!;
      codes[i] = position.get(cell) ?? UNKNOWN;
    }
    yield { ops: to - from };
  }
  return codes;
}

export function unknownCategory(
  category: Category,
  row: number,
  column: Column,
  categories: readonly Category[],
  action: string,
): InvalidInputError {
  return new InvalidInputError({
    action,
    rule: `categories of column ${show(column.name)} must be among ${show(categories)}`,
    received: `${show(category)} at row ${row}`,
  });
}

/** The caller's categories of a column; numbers must be sorted, and a missing value stands last. */
function checkNamed(named: readonly Category[], { name, values }: Column, action: string): Category[] {
  const isNumeric = values instanceof Float64Array;
  const categories = Array.from(named, category =>
    isNumeric && category === null ? Number.NaN : toCategory(category),
  );
  const refuse = (rule: string): never => {
    throw new InvalidParamError({ action, rule: `categories of column ${show(name)} ${rule}`, received: show(named) });
  };
  if (categories.length === 0) refuse('must not be empty');
  if (new Set(categories).size !== categories.length) refuse('must be unique');
  if (categories.slice(0, -1).some(category => Number.isNaN(category))) refuse('must have NaN last');
  uniqueCategories(categories, name, action);
  const numbers = categories.filter(category => typeof category === 'number' && !isMissing(category));
  if (numbers.some((x, k) => k > 0 && compareCategories(numbers[k - 1]!, x) > 0)) refuse('must be sorted if numbers');
  return categories;
}
