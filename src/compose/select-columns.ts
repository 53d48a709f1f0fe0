import type { Column, Frame } from '../array/index.ts';
import { checkParams, listOf, nullable, oneOf, value } from '../check/index.ts';
import { InvalidInputError, InvalidParamError, show } from '../errors/index.ts';

/** What the cells of a column are. */
export type ColumnType = 'number' | 'string' | 'boolean';

/** Selects columns by the pattern of their names and by their types; plain, so that it is saved with a model. */
export interface ColumnPattern {
  /** Source of a regular expression that the name must match somewhere. */
  readonly pattern?: string;
  readonly flags?: string;
  readonly types?: readonly ColumnType[];
}

/**
 * Which columns: names, positions (negative ones count from the end), one flag per column, a pattern, or a function
 * of the table that gives any of these.
 */
export type ColumnSelector =
  | string
  | number
  | readonly string[]
  | readonly number[]
  | readonly boolean[]
  | ColumnPattern
  | ((X: Frame) => string | number | readonly string[] | readonly number[] | readonly boolean[]);

/** What a selector is resolved against. */
export interface SelectableTable {
  readonly columns: number;
  /** Names of its columns, where the input had any. */
  readonly names: readonly string[] | undefined;
  /** The table itself, for patterns and functions. */
  toFrame(): Frame;
}

const patternSpec = {
  /** What the name must match somewhere: a regular expression or its source. */
  pattern: value<string | RegExp | null>({ default: null, expected: 'a regular expression', accepts: isExpression }),
  /** Types of which the column must be one. */
  types: nullable(listOf(oneOf<ColumnType>(['number', 'string', 'boolean'], { default: 'number' }), { default: [] })),
};

function isExpression(pattern: unknown): boolean {
  if (pattern === null || pattern instanceof RegExp) return true;
  if (typeof pattern !== 'string') return false;
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Selects the columns whose names match `pattern` and that hold one of `types`, for use in a ColumnTransformer.
 *
 * @example
 * import { ColumnTransformer, makeColumnSelector, OneHotEncoder, StandardScaler } from 'fitwise';
 * const encoder = new ColumnTransformer([
 *   ['numbers', new StandardScaler(), makeColumnSelector({ types: ['number'] })],
 *   ['words', new OneHotEncoder(), makeColumnSelector({ types: ['string'] })],
 * ]);
 * await encoder.fit([{ age: 30, city: 'Ulm' }, { age: 40, city: 'Bonn' }]);
 * encoder.getFeatureNamesOut(); // ['numbers__age', 'words__city_Bonn', 'words__city_Ulm']
 */
export function makeColumnSelector(
  options: { readonly pattern?: string | RegExp; readonly types?: readonly ColumnType[] } = {},
): ColumnPattern {
  const { pattern, types } = checkParams('a column selector', patternSpec, options);
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  return {
    ...(source === null ? {} : { pattern: source }),
    ...(pattern instanceof RegExp && pattern.flags !== '' ? { flags: pattern.flags } : {}),
    ...(types === null ? {} : { types }),
  };
}

/**
 * Positions of the selected columns, in the selector's order.
 *
 * @throws InvalidParamError on names and positions that do not exist, and on other values.
 */
export function selectColumns(selector: ColumnSelector, table: SelectableTable, action: string): number[] {
  if (typeof selector === 'function') return selectColumns(selector(table.toFrame()), table, action);
  if (typeof selector === 'string' || typeof selector === 'number') return [positionOf(selector, table, action)];
  if (isPattern(selector)) {
    const { columns } = table.toFrame();
    return columns.flatMap((column, j) => (matches(column, selector) ? [j] : []));
  }
  if (!Array.isArray(selector))
    refuse('columns must be names, positions, flags, a pattern or a function', selector, action);
  const list = selector as readonly (string | number | boolean)[];
  if (list.length === 0 || typeof list[0] !== 'boolean') {
    return list.map(item => positionOf(item as string | number, table, action));
  }
  if (list.length !== table.columns || !list.every(flag => typeof flag === 'boolean')) {
    refuse(`flags must be one boolean per column (${table.columns})`, selector, action);
  }
  return list.flatMap((flag, j) => (flag ? [j] : []));
}

function positionOf(item: string | number, { columns, names }: SelectableTable, action: string): number {
  if (typeof item === 'string') {
    if (names === undefined) {
      throw new InvalidInputError({
        action,
        rule: 'X must have column names for columns to be selected by name',
        received: `a table without names and column ${show(item)}`,
        repair: 'pass row objects or a table, or select by position',
      });
    }
    const at = names.indexOf(item);
    return at === -1 ? refuse(`columns must be among ${show(names)}`, item, action) : at;
  }
  const isWithin = Number.isInteger(item) && item >= -columns && item < columns;
  if (!isWithin) refuse(`positions must be integers from ${-columns} to ${columns - 1}`, item, action);
  return item < 0 ? item + columns : item;
}

function isPattern(selector: ColumnSelector): selector is ColumnPattern {
  return typeof selector === 'object' && selector !== null && !Array.isArray(selector);
}

function matches(column: Column, { pattern, flags, types }: ColumnPattern): boolean {
  const isNamed = pattern === undefined || new RegExp(pattern, flags).test(column.name);
  return isNamed && (types === undefined || types.includes(typeOf(column)));
}

/** Columns without any value count as text, as they may hold anything. */
function typeOf({ values }: Column): ColumnType {
  if (values instanceof Float64Array) return 'number';
  const present = values.filter(cell => cell !== null && cell !== undefined);
  if (present.length === 0 || present.some(cell => typeof cell === 'string')) return 'string';
  return present.every(cell => typeof cell === 'boolean') ? 'boolean' : 'number';
}

function refuse(rule: string, received: unknown, action: string): never {
  throw new InvalidParamError({ action, rule, received: show(received) });
}
