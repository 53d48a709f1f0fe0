import { MAX_OPS, type Work } from '../../work/index.ts';
import { aligned, borrow, giveBack } from '../arena.ts';
import { copyIn, copyOut, type Placed, placeAt } from './placed.ts';
import { columnsOf, DEPTH, type Product, rowsOf, stepsOf } from './product.ts';

/** What a kernel.as.ts exports; panels.as.ts says what the parameters mean. */
export interface ProductExports {
  packColumns(n: number, k: number, b: number, step: number, column: number, packed: number): void;
  packRows(m: number, k: number, a: number, row: number, step: number, packed: number): void;
  multiplyPanels(
    m: number,
    n: number,
    k: number,
    packedA: number,
    packedB: number,
    c: number,
    cRow: number,
    isAdded: boolean,
    first: number,
    tile: number,
  ): void;
}

/** Rows of a panel of A, and bytes of one step of a panel of B. */
export const PANEL_ROWS = 4;
export const PANEL_BYTES = 32;
/** Bytes of a strip of packed columns, {@link DEPTH} steps deep: they stay in the second-level cache. */
const STRIP_BYTES = 2 ** 18;
/** The same where A = B' and all columns fit in: they are packed once, and serve as the rows too. */
const SYMMETRIC_BYTES = 2 ** 19;
/** Rows of one block, where the columns are so few that the checkpoints would allow more. */
const MAX_HEIGHT = 1024;
/** Most bytes of the operands that lie in the arena at a time. */
const MAX_BYTES = 2 ** 28;
/** Rows are done in parts of so many bytes, so that A and C pass through the arena, */
const FEW_BYTES = 2 ** 22;
/** but of a few times as many as B has, which is copied for each part. */
const B_SHARE = 5;
/** As `first` of the kernel: no tile lies left of the diagonal. */
export const NO_DIAGONAL = -(2 ** 30);

/** The operands (or, of A and B, some of the steps) in the arena, and scratch for the panels of one block. */
interface InArena {
  readonly a: Placed;
  readonly b: Placed;
  readonly c: Placed;
  readonly packedA: number;
  readonly packedB: number;
  readonly tile: number;
}

/** Most columns and rows of a block. */
interface Sides {
  readonly width: number;
  readonly height: number;
}

/** What is done between two checkpoints: rows from i, columns from j and steps from s on. */
interface Block {
  readonly i: number;
  readonly m: number;
  readonly j: number;
  readonly n: number;
  readonly s: number;
  readonly k: number;
}

/** The product block by block, with a checkpoint after each; meanwhile its operands lie in the arena. */
export function* multiplyBlocked(kernel: ProductExports, product: Product): Work<void> {
  const parts = cut(product);
  if (parts !== undefined) {
    for (const part of parts) yield* multiplyBlocked(kernel, part);
    return;
  }
  const { m, n, k, c, isAdded } = product;
  const slab = slabOf(product);
  const loan = borrow(bytesOf(product));
  try {
    const placed = placeAll(product, loan.pointer);
    if (isAdded) copyIn(placed.c, c, m, n);
    for (let s = 0; s < k; s += slab) {
      const steps = stepsOf(product, s, Math.min(k, s + slab));
      // The last slab may be shorter, and its columns stand closer then.
      const b = placeAt(placed.b.pointer, steps.b, steps.k, n);
      copyIn(b, steps.b, steps.k, n);
      if (!product.isSymmetric) copyIn(placed.a, steps.a, m, steps.k);
      yield* multiplySlab(kernel, { ...placed, b }, steps, blockOf(product));
    }
    copyOut(placed.c, c, m, n);
  } finally {
    giveBack(loan);
  }
}

/** Adds steps that lie in the arena, strip by strip of columns. */
function* multiplySlab(
  kernel: ProductExports,
  placed: InArena,
  product: Product,
  { width, height }: Sides,
): Work<void> {
  const { m, n, k, isAdded, isSymmetric } = product;
  for (let j = 0; j < n; j += width) {
    const wide = Math.min(width, n - j);
    const end = isSymmetric ? Math.min(m, j + wide) : m;
    for (let s = 0; s < k; s += DEPTH) {
      const deep = Math.min(DEPTH, k - s);
      const { b, packedB } = placed;
      kernel.packColumns(wide, deep, b.pointer + s * b.row + j * b.column, b.row, b.column, packedB);
      for (let i = 0; i < end; i += height) {
        const block = { i, j, s, m: Math.min(height, end - i), n: wide, k: deep };
        multiplyBlock(kernel, placed, block, product, isAdded || s > 0);
        yield { ops: block.m * wide * deep };
      }
    }
  }
}

function multiplyBlock(kernel: ProductExports, placed: InArena, block: Block, whole: Product, isAdded: boolean): void {
  const { a, c, packedB, tile } = placed;
  const { i, j, s, m, n, k } = block;
  let rows = placed.packedA;
  if (areSamePanels(whole, n)) rows = packedB + i * k * whole.b.data.BYTES_PER_ELEMENT;
  else kernel.packRows(m, k, a.pointer + i * a.row + s * a.column, a.row, a.column, rows);
  const first = whole.isSymmetric ? i - j : NO_DIAGONAL;
  kernel.multiplyPanels(m, n, k, rows, packedB, c.pointer + i * c.row + j * c.column, c.row, isAdded, first, tile);
}

/** Whether the packed columns of B, all in one strip, are the packed rows of A as well. */
function areSamePanels({ isSymmetric, n, b }: Product, wide: number): boolean {
  return isSymmetric && wide === n && PANEL_ROWS * b.data.BYTES_PER_ELEMENT === PANEL_BYTES;
}

/**
 * The product in parts, to be done one after the other, if it is so large that it is not done at once. Steps are cut
 * between their blocks, so that no sum changes.
 */
function cut(product: Product): Product[] | undefined {
  const { m, n, k, b, isSymmetric } = product;
  const bytes = bytesOf(product);
  if (bytes > MAX_BYTES) {
    if (isSymmetric) return [{ ...product, isSymmetric: false }];
    if (n > m && n >= k) return [columnsOf(product, 0, n >> 1), columnsOf(product, n >> 1, n)];
    if (k > m) return [0, 1].map(half => stepsOf(product, half * middleOf(k), half === 0 ? middleOf(k) : k));
  } else if (slabOf(product) < k || bytes <= Math.max(FEW_BYTES, B_SHARE * k * n * b.data.BYTES_PER_ELEMENT)) {
    return undefined;
  }
  return [rowsOf(product, 0, m >> 1), rowsOf(product, m >> 1, m)];
}

const middleOf = (k: number): number => DEPTH * Math.ceil(k / (2 * DEPTH));

/** Steps copied at a time: where A's neighbours in memory belong to one step, it passes through slab by slab. */
function slabOf({ k, a }: Product): number {
  return a.column === 1 ? k : Math.min(k, DEPTH);
}

/** Sides of one block: a checkpoint's worth of rows, in whole panels. */
function blockOf({ m, n, k, b, isSymmetric }: Product): Sides {
  const deep = Math.max(1, Math.min(DEPTH, k));
  const bytes = DEPTH * b.data.BYTES_PER_ELEMENT;
  const width = isSymmetric && n * bytes <= SYMMETRIC_BYTES ? n : Math.min(n, STRIP_BYTES / bytes);
  const height = PANEL_ROWS * Math.floor(MAX_OPS / (width * deep * PANEL_ROWS));
  return { width, height: Math.min(m, height, MAX_HEIGHT) };
}

/** Places the operands one after the other from `pointer` on; A, if it is B transposed, where B is. */
function placeAll(product: Product, pointer: number): InArena {
  const { m, n, a, b, c, isSymmetric } = product;
  const sizes = sizesOf(product);
  const placedB = placeAt(pointer + sizes.c, b, slabOf(product), n);
  const afterB = placedB.pointer + sizes.b;
  const packedA = afterB + sizes.a;
  const packedB = packedA + sizes.packedA;
  return {
    a: placeAt(isSymmetric ? placedB.pointer : afterB, a, m, slabOf(product)),
    b: placedB,
    c: placeAt(pointer, c, m, n),
    ...{ packedA, packedB, tile: packedB + sizes.packedB },
  };
}

/** Bytes of the operands, of the panels of one block and of a tile, each filled up to a cache line. */
function sizesOf(product: Product) {
  const { m, n, k, b, isSymmetric } = product;
  const bytes = b.data.BYTES_PER_ELEMENT;
  const slab = slabOf(product);
  const deep = Math.min(k, DEPTH);
  const { height, width } = blockOf(product);
  return {
    c: aligned(m * n * bytes),
    b: aligned(slab * n * bytes),
    a: isSymmetric ? 0 : aligned(m * slab * bytes),
    packedA: aligned(Math.ceil(height / PANEL_ROWS) * PANEL_ROWS * deep * bytes),
    packedB: aligned(Math.ceil((width * bytes) / PANEL_BYTES) * PANEL_BYTES * deep),
    tile: PANEL_ROWS * PANEL_BYTES,
  };
}

function bytesOf(product: Product): number {
  return Object.values(sizesOf(product)).reduce((sum, bytes) => sum + bytes);
}
