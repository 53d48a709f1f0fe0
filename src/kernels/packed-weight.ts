import { NO_DIAGONAL, PANEL_BYTES, PANEL_ROWS, type PanelExports } from './matmul/blocked.ts';
import type { Placed } from './matmul/placed.ts';
import { DEPTH } from './matmul/product.ts';

const FLOAT = Float32Array.BYTES_PER_ELEMENT;
const PANEL_COLUMNS = PANEL_BYTES / FLOAT;

/** Bytes of a right operand of k x n, packed in whole. */
export function packedColumnsBytes(n: number, k: number): number {
  return PANEL_COLUMNS * Math.ceil(n / PANEL_COLUMNS) * k * FLOAT;
}

/** Bytes of one block of steps of a left operand of m rows. */
export function packedRowsBytes(m: number): number {
  return PANEL_ROWS * Math.ceil(m / PANEL_ROWS) * DEPTH * FLOAT;
}

/** Bytes of the room for one tile. */
export const TILE_BYTES = PANEL_ROWS * PANEL_BYTES;

/** Packs a right operand in whole, block of steps by block of steps, for products that use it again. */
export function packColumnsOnce(product: PanelExports, n: number, k: number, b: Placed, packed: number): void {
  for (let s = 0; s < k; s += DEPTH) {
    const deep = Math.min(DEPTH, k - s);
    product.packColumns(n, deep, b.pointer + s * b.row, b.row, b.column, packed + packedColumnsBytes(n, s));
  }
}

/** C = A B, or C += A B, of B packed by {@link packColumnsOnce}; A and C are stored by rows without gaps. */
export function multiplyByPacked(
  product: PanelExports,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  a: number,
  packed: number,
  c: number,
  isAdded: boolean,
  { rows, tile }: { readonly rows: number; readonly tile: number },
): void {
  for (let s = 0; s < k; s += DEPTH) {
    const deep = Math.min(DEPTH, k - s);
    product.packRows(m, deep, a + s * FLOAT, k * FLOAT, FLOAT, rows);
    const columns = packed + packedColumnsBytes(n, s);
    product.multiplyPanels(m, n, deep, rows, columns, c, n * FLOAT, isAdded || s > 0, NO_DIAGONAL, tile);
  }
}
