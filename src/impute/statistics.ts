import type { Cell, Column } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** What replaces the missing values of a column of numbers, from those that are there. */
export type Statistic = (values: Float64Array) => number;

/**
 * The values of a column that are there, as numbers.
 *
 * @throws InvalidInputError on text and booleans.
 */
export function presentNumbers({ name, values }: Column, mask: Uint8Array, strategy: string, action: string) {
  const numbers: number[] = [];
  for (let row = 0; row < values.length; row++) {
    if (mask[row] === 1) continue;
    const cell = values[row];
    if (typeof cell !== 'number') {
      throw new InvalidInputError({
        action,
        rule: `strategy ${strategy} needs numbers`,
        received: `${show(cell)} at row ${row}, column ${show(name)}`,
        repair: "use strategy 'most_frequent' or 'constant' there",
      });
    }
    numbers.push(cell);
  }
  return Float64Array.from(numbers);
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half]!;
  return sorted.length === 0 ? Number.NaN : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value that occurs most often; among several the least, text by code point. */
export function mostFrequent({ values }: Column, mask: Uint8Array, compare: (a: Cell, b: Cell) => number): Cell {
  const counts = new Map<Cell, number>();
  for (let row = 0; row < values.length; row++) {
    if (mask[row] === 0) counts.set(values[row], (counts.get(values[row]) ?? 0) + 1);
  }
  let best: Cell = Number.NaN;
  let most = 0;
  for (const [cell, count] of counts) {
    if (count < most || (count === most && compare(cell, best) > 0)) continue;
    best = cell;
    most = count;
  }
  return best;
}
