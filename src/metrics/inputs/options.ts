/** The options of a metric: their names and defaults stand in one record beside the function, their types in an interface. */
import { checkOptions, type Label, toList, uniqueLabels } from '../../check/index.ts';
import { show } from '../../errors/index.ts';
import { badOption } from './refuse.ts';

/** One value, `undefined` where there is none, for each option. */
type Defaults<O> = { readonly [K in keyof O]-?: O[K] | undefined };

type Filled<O, D> = { readonly [K in keyof O]-?: Exclude<O[K], undefined> | (K extends keyof D ? D[K] : never) };

/** Options that hold lists in every metric that has them; `null` stands for none. */
const LISTS: readonly string[] = ['labels', 'targetNames'];

/**
 * Options with defaults in the place of what is absent or undefined.
 *
 * @throws InvalidParamError on options that are no object, a name that the metric does not have, and a switch that is
 *   neither true nor false.
 * @throws InvalidInputError on labels that are no list, or no labels of one type.
 */
export function readOptions<O extends object, const D extends Defaults<O>>(
  metric: string,
  options: O,
  defaults: D,
): Filled<O, D> {
  checkOptions(options, Object.keys(defaults), `compute ${metric}`);
  const given = options as Readonly<Record<string, unknown>>;
  const filled: Record<string, unknown> = { ...defaults };
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value === undefined) continue;
    if (typeof filled[name] === 'boolean') checkOneOf(metric, name, value, [true, false]);
    if (!LISTS.includes(name)) filled[name] = value;
    else if (value !== null) filled[name] = readList(metric, name, value);
  }
  return filled as Filled<O, D>;
}

/** A list as an array; labels must be labels of one type. */
function readList(metric: string, name: string, value: unknown): unknown[] {
  const list = Array.from(toList(value as ArrayLike<unknown>, name, `compute ${metric}`));
  if (name === 'labels') uniqueLabels(`compute ${metric}`, list as Label[]);
  return list;
}

/** @throws InvalidParamError unless the value is one of a list. */
export function checkOneOf(metric: string, name: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw badOption(metric, { rule: `${name} must be one of ${show(allowed)}`, received: show(value) });
}

/** @throws InvalidParamError unless the value is a number of which `accepts` holds; `expected` completes "must be". */
export function checkNumber(
  metric: string,
  name: string,
  value: unknown,
  expected: string,
  accepts: (value: number) => boolean,
): void {
  if (typeof value === 'number' && accepts(value)) return;
  throw badOption(metric, { rule: `${name} must be ${expected}`, received: show(value) });
}

/** @throws InvalidParamError unless the value is a whole number >= `min`. */
export function checkCount(metric: string, name: string, value: unknown, min: number): void {
  checkNumber(metric, name, value, `an integer >= ${min}`, number => Number.isSafeInteger(number) && number >= min);
}
