import type { Cell } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';
import type { Axis } from './grid-axis.ts';

/**
 * The position of a feature.
 *
 * @throws InvalidInputError if there is none of that name or position.
 */
export function findColumn(
  feature: number | string,
  names: readonly string[] | undefined,
  width: number,
  action: string,
): number {
  const column = typeof feature === 'string' ? (names?.indexOf(feature) ?? -1) : feature;
  if (Number.isInteger(column) && column >= 0 && column < width) return column;
  throw new InvalidInputError({
    action,
    rule: `features must be positions from 0 to ${width - 1}${names === undefined ? '' : ` or among ${show(names)}`}`,
    received: show(feature),
  });
}

/** Positions of the categorical features. */
export function readCategorical(
  given: readonly (number | string)[] | readonly boolean[] | undefined,
  names: readonly string[] | undefined,
  width: number,
  action: string,
): ReadonlySet<number> {
  if (given === undefined) return new Set();
  if (given.length > 0 && !given.some(one => typeof one === 'boolean')) {
    return new Set((given as readonly (number | string)[]).map(one => findColumn(one, names, width, action)));
  }
  if (given.length === width)
    return new Set(given.flatMap((isCategorical, column) => (isCategorical === true ? [column] : [])));
  throw new InvalidInputError({
    action,
    rule: `categoricalFeatures must be positions, names, or ${width} booleans`,
    received: show(given),
  });
}

/** Grid values of the caller's. */
export function readCustom(values: ArrayLike<Cell>, feature: number | string, action: string): Axis {
  const cells = Array.from(values);
  if (cells.length === 0) {
    throw new InvalidInputError({ action, rule: `customValues of ${feature} must not be empty`, received: 'none' });
  }
  return cells.every(cell => typeof cell === 'number') ? Float64Array.from(cells as number[]) : cells;
}
