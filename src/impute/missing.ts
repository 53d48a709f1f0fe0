import type { Cell, Column, Frame } from '../array/index.ts';
import { InvalidInputError, show } from '../errors/index.ts';

/** What stands for a missing value: `NaN` and `null` both mean any of `NaN`, `null` and `undefined`. */
export type MissingValue = number | string | null;

/** Whether a cell is missing. */
function missingTest(missing: MissingValue): (cell: Cell) => boolean {
  return missing === null || Number.isNaN(missing) ? isAbsent : cell => cell === missing;
}

export function isAbsent(cell: Cell): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell);
}

/**
 * One flag per row, 1 where the value is missing.
 *
 * @throws InvalidInputError on an infinite number, and on an absent value where something else means missing.
 */
function missingMask({ name, values }: Column, missing: MissingValue, action: string): Uint8Array {
  const isMissing = missingTest(missing);
  return Uint8Array.from(values as readonly Cell[], (cell, row) => {
    if (isMissing(cell)) return 1;
    if (cell !== Infinity && cell !== -Infinity && !isAbsent(cell)) return 0;
    throw new InvalidInputError({
      action,
      rule: 'X must be finite, and missing values must be missingValues',
      received: `${show(cell)} at row ${row}, column ${show(name)}`,
      ...(isAbsent(cell) ? { repair: 'replace them first, or pass missingValues: NaN' } : {}),
    });
  });
}

/** The masks of all columns. */
export function missingMasks(X: Frame, missing: MissingValue, action: string): Uint8Array[] {
  return X.columns.map(column => missingMask(column, missing, action));
}
