import { type Column, CsrMatrix, type Matrix } from '../array/index.ts';
import { InvalidInputError } from '../errors/index.ts';
import { MAX_OPS, type Work } from '../work/index.ts';
import type { Category } from './category.ts';
import type { CategoryGroups } from './category-groups.ts';
import { UNKNOWN } from './learn-categories.ts';
import { widthOf } from './one-hot-drop.ts';

/** What becomes of a category that `fit` did not see. */
export type HandleUnknown = 'error' | 'ignore' | 'infrequent_if_exist' | 'warn';

/** What is known of one input feature. */
export interface Feature {
  readonly categories: readonly Category[];
  /** Null where no category is infrequent. */
  readonly grouping: CategoryGroups | null;
  /** Output position that is dropped, counted after grouping. */
  readonly dropped: number | null;
}

/** The category that stands for all infrequent ones. */
const INFREQUENT = 'infrequent_sklearn';

/** Categories after grouping, the dropped one included. */
export function outputCategories({ categories, grouping }: Feature): readonly Category[] {
  if (grouping === null) return categories;
  const rare = new Set(grouping.infrequent);
  return [...categories.filter((_, k) => !rare.has(k)), INFREQUENT];
}

/** Number of output columns of a feature. */
export function outputWidth(feature: Feature): number {
  return widthOf(feature) - (feature.dropped === null ? 0 : 1);
}

/** Output positions within a feature's own columns; `UNKNOWN` where all of them are zero. */
export function toPositions(
  codes: Int32Array,
  { grouping, dropped }: Feature,
  handleUnknown: HandleUnknown,
): Int32Array {
  const fallback =
    grouping === null || handleUnknown === 'ignore' ? UNKNOWN : grouping.groups[grouping.infrequent[0]!]!;
  return codes.map(code => {
    const position = code === UNKNOWN ? fallback : grouping === null ? code : grouping.groups[code]!;
    if (dropped === null || position < dropped) return position;
    return position === dropped ? UNKNOWN : position - 1;
  });
}

/** One column per output category, with a one at each position. */
export function* oneHot(positions: readonly Int32Array[], widths: readonly number[], rows: number): Work<CsrMatrix> {
  const columns = widths.reduce((sum, width) => sum + width, 0);
  const stored = positions.reduce((sum, list) => sum + list.reduce((n, p) => n + (p === UNKNOWN ? 0 : 1), 0), 0);
  const indices = new Int32Array(stored);
  const indptr = new Int32Array(rows + 1);
  const chunk = Math.max(1, Math.floor(MAX_OPS / positions.length));
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0, offset = 0; j < positions.length; offset += widths[j]!, j++) {
      const position = positions[j]![i]!;
      if (position !== UNKNOWN) indices[at++] = offset + position;
    }
    indptr[i + 1] = at;
    if (i % chunk === chunk - 1) yield { ops: chunk * positions.length };
  }
  return new CsrMatrix(new Float64Array(stored).fill(1), indices, indptr, rows, columns);
}

/** The category of each row by its greatest column; rows of zeros hold the dropped category, or an unknown one. */
export function decode(
  matrix: Matrix,
  from: number,
  feature: Feature,
  handleUnknown: HandleUnknown,
  action: string,
): Category[] {
  const { dropped, grouping } = feature;
  const all = outputCategories(feature);
  const kept = all.filter((_, k) => k !== dropped);
  const mayBeUnknown = handleUnknown === 'ignore' || (handleUnknown !== 'error' && grouping === null);
  return Array.from({ length: matrix.rows }, (_, i) => {
    const cells = matrix.row(i).subarray(from, from + kept.length);
    if (cells.reduce((sum, cell) => sum + cell, 0) !== 0) {
      return kept[cells.reduce((best, cell, k) => (cell > cells[best]! ? k : best), 0)]!;
    }
    if (dropped !== null) return all[dropped]!;
    if (mayBeUnknown) return null;
    throw new InvalidInputError({
      action,
      rule: "a row must not be zero in all columns of a feature, unless handleUnknown is 'ignore' or a category is dropped",
      received: `zeros at row ${i}, columns ${from} to ${from + kept.length - 1}`,
    });
  });
}

/** Numbers in a typed array where all are numbers, cells otherwise. */
export function makeColumn(name: string, categories: readonly Category[]): Column {
  const isNumeric = categories.every(category => typeof category === 'number');
  return { name, values: isNumeric ? Float64Array.from(categories as readonly number[]) : categories };
}
