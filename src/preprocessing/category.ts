import type { Cell, Column } from '../array/index.ts';
import { compareLabels } from '../check/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** One value of a categorical feature; `null` and `NaN` are categories too, and two different ones. */
export type Category = number | string | boolean | null;

/** The cell as a category: `undefined` is `null`, and `-0` is `0`. */
export function toCategory(cell: Cell): Category {
  if (cell === undefined || cell === null) return null;
  return cell === 0 ? 0 : cell;
}

/**
 * A column's cells as categories.
 *
 * @throws InvalidInputError on an infinite number.
 */
export function categoriesOf({ name, values }: Column, action: string): Category[] {
  return Array.from(values, (cell, row) => {
    if (cell !== Infinity && cell !== -Infinity) return toCategory(cell);
    throw new InvalidInputError({
      action,
      rule: 'X must hold finite numbers, strings, booleans or missing values',
      received: `${show(cell)} at row ${row}, column ${show(name)}`,
    });
  });
}

/**
 * The different categories in order: numbers by value, strings by Unicode code point, then `null`, then `NaN`.
 *
 * @throws InvalidInputError if values of different types are mixed.
 */
export function uniqueCategories(categories: readonly Category[], column: string, action: string): Category[] {
  const unique = [...new Set(categories)].sort(compareCategories);
  const present = unique.filter(category => !isMissing(category));
  const other = present.find(category => typeof category !== typeof present[0]);
  if (other === undefined) return unique;
  throw new InvalidInputError({
    action,
    rule: `column ${show(column)} must hold values of one type`,
    received: `${show(present[0])} and ${show(other)}`,
  });
}

export function isMissing(category: Category): boolean {
  return category === null || Number.isNaN(category);
}

/** Sorts values of one type, then `null`, then `NaN`; values of different types by the names of their types. */
export function compareCategories(a: Category, b: Category): number {
  const order = missingRank(a) - missingRank(b);
  if (order !== 0 || isMissing(a) || a === null || b === null) return order;
  return typeof a === typeof b ? compareLabels(a, b) : typeof a < typeof b ? -1 : 1;
}

function missingRank(category: Category): number {
  return category === null ? 1 : Number.isNaN(category) ? 2 : 0;
}

/** A category as it reads inside a feature name: scikit-learn's words, numbers as JavaScript writes them. */
export function categoryText(category: Category): string {
  if (category === null) return 'None';
  if (typeof category === 'boolean') return category ? 'True' : 'False';
  return Number.isNaN(category) ? 'nan' : String(category);
}
