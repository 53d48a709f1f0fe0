import { MAX_OPS, type Work } from '../../work/index.ts';
import { withScratch } from '../arena.ts';
import { PANEL, packedLength, packRowsInto, panelsFor } from './panels.ts';
import type { Operand } from './reference.ts';

/** What kernel.as.ts exports. */
export interface MatmulExports {
  multiplyPanels(a: number, b: number, c: number, aPanels: number, bPanels: number, depth: number, upper: 0 | 1): void;
}

/** Steps k of one block: a panel of 4 x 256 doubles (8 kB) stays in the first-level cache. */
const DEPTH = 256;
/** Columns of one block: 128 x 256 doubles (256 kB) stay in the second-level cache. */
const MAX_WIDTH = 128;
/** Rows of one block, where the columns are so few that the checkpoints would allow more. */
const MAX_HEIGHT = 2048;

/** One block of the product: rows of A times columns of B over some steps k. */
interface Tile {
  readonly i: number;
  readonly height: number;
  readonly j: number;
  readonly width: number;
  readonly k: number;
  readonly depth: number;
}

/**
 * C = A B into row-major `out` (zero at the start), block by block with a checkpoint after each. Each element is a
 * sum of block sums in order of k; the bounds of the blocks depend on the shape alone.
 */
export function* multiplyBlocked(kernel: MatmulExports, a: Operand, b: Operand, out: Float64Array): Work<void> {
  const bTransposed = transposed(b);
  const width = blockWidth(b.columns);
  const height = blockHeight(width);
  for (let i = 0; i < a.rows; i += height) {
    for (let j = 0; j < b.columns; j += width) {
      for (let k = 0; k < a.columns; k += DEPTH) {
        const tile = {
          ...{ i, height: Math.min(height, a.rows - i) },
          ...{ j, width: Math.min(width, b.columns - j) },
          ...{ k, depth: Math.min(DEPTH, a.columns - k) },
        };
        addTile(kernel, a, bTransposed, tile, out, b.columns);
        yield { ops: tile.height * tile.width * tile.depth };
      }
    }
  }
}

/** X'X into row-major `out` (zero at the start): blocks on and right of the diagonal, then mirrored. */
export function* gramBlocked(kernel: MatmulExports, X: Operand, out: Float64Array): Work<void> {
  const a = transposed(X);
  for (let i = 0; i < X.columns; i += MAX_WIDTH) {
    for (let j = i; j < X.columns; j += MAX_WIDTH) {
      for (let k = 0; k < X.rows; k += DEPTH) {
        const tile = {
          ...{ i, height: Math.min(MAX_WIDTH, X.columns - i) },
          ...{ j, width: Math.min(MAX_WIDTH, X.columns - j) },
          ...{ k, depth: Math.min(DEPTH, X.rows - k) },
        };
        addTile(kernel, a, a, tile, out, X.columns);
        yield { ops: tile.height * tile.width * tile.depth };
      }
    }
  }
}

/** Adds one block of A B to `out`, given B transposed; with A and B the same rows, only its upper half is made. */
function addTile(
  kernel: MatmulExports,
  a: Operand,
  bTransposed: Operand,
  { i, height, j, width, k, depth }: Tile,
  out: Float64Array,
  outColumns: number,
): void {
  const isDiagonal = a === bTransposed && i === j;
  const aLength = packedLength(height, depth);
  const bLength = isDiagonal ? 0 : packedLength(width, depth);
  const stride = panelsFor(width) * PANEL;
  const cLength = panelsFor(height) * PANEL * stride;
  withScratch([aLength * 8, bLength * 8, cLength * 8], scratch => {
    const packedA = scratch.float64(aLength);
    packRowsInto(a, { row: i, wide: height, column: k, deep: depth }, packedA);
    const packedB = isDiagonal ? packedA : scratch.float64(bLength);
    if (!isDiagonal) packRowsInto(bTransposed, { row: j, wide: width, column: k, deep: depth }, packedB);
    const c = scratch.float64(cLength);
    kernel.multiplyPanels(
      packedA.byteOffset,
      packedB.byteOffset,
      c.byteOffset,
      panelsFor(height),
      panelsFor(width),
      depth,
      isDiagonal ? 1 : 0,
    );
    for (let r = 0; r < height; r++) {
      const to = (i + r) * outColumns + j;
      for (let s = isDiagonal ? r : 0; s < width; s++) out[to + s]! += c[r * stride + s]!;
    }
  });
}

function transposed({ data, rows, columns, rowStride, columnStride }: Operand): Operand {
  return { data, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

function blockWidth(columns: number): number {
  return Math.max(PANEL, Math.min(columns, MAX_WIDTH));
}

/** As many rows as one checkpoint allows, in whole panels. */
function blockHeight(width: number): number {
  return Math.min(MAX_HEIGHT, Math.floor(MAX_OPS / (width * DEPTH * PANEL)) * PANEL);
}
