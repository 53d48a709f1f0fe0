import type { Operand } from './reference.ts';

/** Rows (or columns) of one packed panel: the side of the tile that the kernel keeps in registers. */
export const PANEL = 4;

export function panelsFor(wide: number): number {
  return Math.ceil(wide / PANEL);
}

/** Doubles that `wide` rows, `deep` steps deep, take when packed. */
export function packedLength(wide: number, deep: number): number {
  return panelsFor(wide) * PANEL * deep;
}

/** Part of an operand: `wide` rows from `row` on, `deep` columns from `column` on. */
export interface Block {
  readonly row: number;
  readonly wide: number;
  readonly column: number;
  readonly deep: number;
}

/**
 * Packs rows of an operand: panel after panel of four rows, within a panel the four values of column 0, then those of
 * column 1, ... The last panel is filled up with zeros.
 */
export function packRowsInto(source: Operand, { row, wide, column, deep }: Block, packed: Float64Array): void {
  const { data, rowStride, columnStride } = source;
  for (let i = 0, at = 0; i < wide; i += PANEL, at += PANEL * deep) {
    const start = (row + i) * rowStride + column * columnStride;
    if (i + PANEL <= wide) packPanel(data, start, rowStride, columnStride, deep, packed, at);
    else packPartialPanel(data, start, rowStride, columnStride, deep, packed, at, wide - i);
  }
}

function packPanel(
  data: Float64Array,
  start: number,
  rowStride: number,
  columnStride: number,
  deep: number,
  packed: Float64Array,
  at: number,
): void {
  let row0 = start;
  let row1 = start + rowStride;
  let row2 = row1 + rowStride;
  let row3 = row2 + rowStride;
  for (let k = 0, to = at; k < deep; k++, to += PANEL) {
    packed[to] = data[row0]!;
    packed[to + 1] = data[row1]!;
    packed[to + 2] = data[row2]!;
    packed[to + 3] = data[row3]!;
    row0 += columnStride;
    row1 += columnStride;
    row2 += columnStride;
    row3 += columnStride;
  }
}

function packPartialPanel(
  data: Float64Array,
  start: number,
  rowStride: number,
  columnStride: number,
  deep: number,
  packed: Float64Array,
  at: number,
  height: number,
): void {
  for (let k = 0; k < deep; k++) {
    for (let r = 0; r < PANEL; r++) {
      packed[at + k * PANEL + r] = r < height ? data[start + r * rowStride + k * columnStride]! : 0;
    }
  }
}
