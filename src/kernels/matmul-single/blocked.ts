import { MAX_OPS, type Work } from '../../work/index.ts';
import { aligned, borrow, giveBack } from '../arena.ts';
import { halves } from './parts.ts';
import { copyIn, copyOut, type Placed, placeAt } from './placed.ts';
import { DEPTH, type SingleProduct } from './reference.ts';

/** What kernel.as.ts exports. */
export interface SingleExports {
  packColumns(n: number, k: number, b: number, step: number, column: number, packed: number): void;
  multiplyRows(
    m: number,
    n: number,
    k: number,
    a: number,
    row: number,
    step: number,
    packedB: number,
    c: number,
    cRow: number,
    isAdded: boolean,
    scratch: number,
  ): void;
}

const FLOAT = 4;
const A_PANEL = 4;
const B_PANEL = 8;
/** Columns of one block: 256 x 256 floats (256 kB) stay in the second-level cache. */
const MAX_WIDTH = 256;
/** Rows of one block, where the columns are so few that the checkpoints would allow more. */
const MAX_HEIGHT = 1024;
/** Most floats of the operands that lie in the arena at a time (256 MB); larger products are cut. */
const MAX_FLOATS = 2 ** 26;

type Size = Pick<SingleProduct, 'm' | 'n' | 'k'>;

/** The operands in the arena, and scratch for the panels of one block. */
interface InArena {
  readonly a: Placed;
  readonly b: Placed;
  readonly c: Placed;
  readonly packedB: number;
  readonly scratch: number;
}

/** The product block by block, with a checkpoint after each; meanwhile its operands lie in the arena. */
export function* multiplyBlocked(kernel: SingleExports, product: SingleProduct): Work<void> {
  const { m, n, k, isAdded } = product;
  if (m * k + k * n + m * n > MAX_FLOATS) {
    for (const half of halves(product)) yield* multiplyBlocked(kernel, half);
    return;
  }
  const width = Math.min(n, MAX_WIDTH);
  const height = Math.min(m, blockHeight(width));
  const loan = borrow(bytesOf(product, height, width));
  try {
    const placed = enter(product, loan.pointer, width);
    for (let j = 0; j < n; j += width) {
      for (let step = 0; step < k; step += DEPTH) {
        const strip = { m: height, n: Math.min(width, n - j), k: Math.min(DEPTH, k - step) };
        packStrip(kernel, placed, strip, j, step);
        for (let i = 0; i < m; i += height) {
          const block = { ...strip, m: Math.min(height, m - i) };
          multiplyBlock(kernel, placed, block, i, j, step, isAdded || step > 0);
          yield { ops: block.m * block.n * block.k };
        }
      }
    }
    copyOut(placed.c, product.c, m, n);
  } finally {
    giveBack(loan);
  }
}

/** A product of at most {@link DEPTH} steps as one block. */
export function multiplyAtOnce(kernel: SingleExports, product: SingleProduct): void {
  const { m, n, c, isAdded } = product;
  const loan = borrow(bytesOf(product, m, n));
  try {
    const placed = enter(product, loan.pointer, n);
    packStrip(kernel, placed, product, 0, 0);
    multiplyBlock(kernel, placed, product, 0, 0, 0, isAdded);
    copyOut(placed.c, c, m, n);
  } finally {
    giveBack(loan);
  }
}

/** Places the operands one after the other from `pointer` on. */
function enter({ m, n, k, a, b, c, isAdded }: SingleProduct, pointer: number, width: number): InArena {
  const placedA = placeAt(pointer, a, m, k);
  const placedB = placeAt(placedA.pointer + aligned(m * k * FLOAT), b, k, n);
  const placedC = placeAt(placedB.pointer + aligned(k * n * FLOAT), c, m, n);
  copyIn(a, m, k, placedA);
  copyIn(b, k, n, placedB);
  if (isAdded) copyIn(c, m, n, placedC);
  const packedB = placedC.pointer + aligned(m * n * FLOAT);
  return { a: placedA, b: placedB, c: placedC, packedB, scratch: packedB + panelFloats(width, B_PANEL, k) * FLOAT };
}

/** Bytes of the operands, of one block's panels and of a tile. */
function bytesOf({ m, n, k }: SingleProduct, height: number, width: number): number {
  const panels = panelFloats(width, B_PANEL, k) + panelFloats(height, A_PANEL, k);
  return [m * k, k * n, m * n, panels + A_PANEL * B_PANEL].reduce((sum, floats) => sum + aligned(floats * FLOAT), 0);
}

/** Floats of `wide` rows or columns of one block, packed. */
function panelFloats(wide: number, panel: number, k: number): number {
  return Math.ceil(wide / panel) * panel * Math.min(DEPTH, k);
}

function packStrip(kernel: SingleExports, { b, packedB }: InArena, { n, k }: Size, j: number, step: number): void {
  kernel.packColumns(n, k, b.pointer + step * b.row + j * b.column, b.row, b.column, packedB);
}

function multiplyBlock(
  kernel: SingleExports,
  { a, c, packedB, scratch }: InArena,
  { m, n, k }: Size,
  i: number,
  j: number,
  step: number,
  isAdded: boolean,
): void {
  const from = a.pointer + i * a.row + step * a.column;
  const to = c.pointer + i * c.row + j * c.column;
  kernel.multiplyRows(m, n, k, from, a.row, a.column, packedB, to, c.row, isAdded, scratch);
}

/** As many rows as one checkpoint allows, in whole panels. */
function blockHeight(width: number): number {
  return Math.min(MAX_HEIGHT, A_PANEL * Math.floor(MAX_OPS / (width * DEPTH * A_PANEL)));
}
