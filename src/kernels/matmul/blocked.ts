import { countThreads, type KernelCall, runUnits, type Unit } from '../../parallel/index.ts';
import { MAX_OPS, type Work } from '../../work/index.ts';
import { aligned, borrow, giveBack } from '../arena.ts';
import { instanceOf } from '../load.ts';
import { copyIn, copyOut, type PlacedOperand, placeAt } from './placed.ts';
import { columnsOf, DEPTH, type Product, rowsOf, stepsOf } from './product.ts';

/** What a kernel.as.ts exports and is called here; its `multiplyPanels` and `multiplyRows` are called in units. */
export interface ProductExports {
  packColumns(n: number, k: number, b: number, step: number, column: number, packed: number): void;
}

/** For kernels that multiply what they have in the arena; panels.as.ts says what the parameters mean. */
export interface PanelExports extends ProductExports {
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
/** Rows of one block, where the columns are so few that the checkpoints would allow more. */
const MAX_HEIGHT = 1024;
/** Rows are cut into so many blocks if they are not too low for it, so that threads end at about the same time. */
const BLOCKS = 8;
const LOW = 32;
/** Most bytes of the operands that lie in the arena at a time. */
const MAX_BYTES = 2 ** 28;
/** Rows are done in parts of so many bytes, so that A and C pass through the arena, */
export const FEW_BYTES = 2 ** 22;
/** but of a few times as many as B has, which is copied for each part. */
const B_SHARE = 5;
/** As `first` of the kernel: no tile lies left of the diagonal. */
export const NO_DIAGONAL = -(2 ** 30);

/** The operands (or, of A and B, some of the steps) in the arena, the packed columns and scratch for each thread. */
interface InArena {
  readonly a: PlacedOperand;
  readonly b: PlacedOperand;
  readonly c: PlacedOperand;
  readonly packedB: number;
  readonly scratch: { readonly pointer: number; readonly bytes: number };
}

/** Most columns and rows of a block. */
interface Sides {
  readonly width: number;
  readonly height: number;
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

/** Adds steps that lie in the arena, {@link DEPTH} at a time: packs B's columns, and lets threads share the blocks of C. */
function* multiplySlab(kernel: ProductExports, placed: InArena, product: Product, sides: Sides): Work<void> {
  const { n, k } = product;
  const { b, packedB, scratch } = placed;
  for (let s = 0; s < k; s += DEPTH) {
    const deep = Math.min(DEPTH, k - s);
    for (let j = 0; j < n; j += sides.width) {
      const wide = Math.min(sides.width, n - j);
      const to = packedB + j * deep * b.bytes;
      kernel.packColumns(wide, deep, b.pointer + s * b.row + j * b.column, b.row, b.column, to);
      yield { ops: 0 };
    }
    yield* runUnits(kernel, instanceOf(kernel), blocksOf(placed, product, sides, s), scratch);
  }
}

/** The blocks of C, strip after strip of columns: each adds steps from `s` on. */
function blocksOf(placed: InArena, product: Product, { width, height }: Sides, s: number): Unit[] {
  const { m, n, isSymmetric } = product;
  const blocks: Unit[] = [];
  for (let j = 0; j < n; j += width) {
    const wide = Math.min(width, n - j);
    const end = isSymmetric ? Math.min(m, j + wide) : m;
    for (let i = 0; i < end; i += height) {
      blocks.push([blockCall(placed, product, { i, j, s, m: Math.min(height, end - i), n: wide })]);
    }
  }
  return blocks;
}

/** A block of `m` rows from i and `n` columns from j on. */
interface Block {
  readonly i: number;
  readonly m: number;
  readonly j: number;
  readonly n: number;
  readonly s: number;
}

function blockCall({ a, c, packedB }: InArena, whole: Product, { i, j, s, m, n }: Block): KernelCall {
  const k = Math.min(DEPTH, whole.k - s);
  const columns = packedB + j * k * c.bytes;
  const first = whole.isSymmetric ? i - j : NO_DIAGONAL;
  const rest = [columns, c.pointer + i * c.row + j * c.column, c.row, Number(whole.isAdded || s > 0), first];
  const ops = m * n * k;
  if (areSamePanels(whole)) {
    return { name: 'multiplyPanels', args: [m, n, k, packedB + i * k * c.bytes, ...rest], ops };
  }
  return { name: 'multiplyRows', args: [m, n, k, a.pointer + i * a.row + s * a.column, a.row, a.column, ...rest], ops };
}

/** Whether the packed columns of B are the packed rows of A as well. */
function areSamePanels({ isSymmetric, b }: Product): boolean {
  return isSymmetric && PANEL_ROWS * b.data.BYTES_PER_ELEMENT === PANEL_BYTES;
}

/**
 * The product in parts, to be done one after the other, if it is so large that it is not done at once. Steps are cut
 * between their blocks, so that no sum changes.
 */
export function cut(product: Product): Product[] | undefined {
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
export function slabOf({ k, a }: Product): number {
  return a.column === 1 ? k : Math.min(k, DEPTH);
}

/** Sides of one block: a checkpoint's worth of rows, in whole panels. */
function blockOf({ m, n, k, b }: Product): Sides {
  const deep = Math.max(1, Math.min(DEPTH, k));
  const width = Math.min(n, STRIP_BYTES / DEPTH / b.data.BYTES_PER_ELEMENT);
  const most = Math.min(MAX_HEIGHT, MAX_OPS / (width * deep));
  const height = Math.min(most, Math.max(LOW, m / BLOCKS));
  return { width, height: Math.min(m, PANEL_ROWS * Math.floor(height / PANEL_ROWS)) };
}

/** Places the operands one after the other from `pointer` on; A, if it is B transposed, where B is. */
function placeAll(product: Product, pointer: number): InArena {
  const { m, n, a, b, c, isSymmetric } = product;
  const sizes = sizesOf(product);
  const placedB = placeAt(pointer + sizes.c, b, slabOf(product), n);
  const afterB = placedB.pointer + sizes.b;
  const packedB = afterB + sizes.a;
  return {
    a: placeAt(isSymmetric ? placedB.pointer : afterB, a, m, slabOf(product)),
    b: placedB,
    c: placeAt(pointer, c, m, n),
    packedB,
    scratch: { pointer: packedB + sizes.packedB, bytes: scratchBytes(product) },
  };
}

/** Bytes of the operands, of the packed columns and of all scratch, each filled up to a cache line. */
function sizesOf(product: Product) {
  const { m, n, k, b, isSymmetric } = product;
  const bytes = b.data.BYTES_PER_ELEMENT;
  const slab = slabOf(product);
  const deep = Math.min(k, DEPTH);
  return {
    c: aligned(m * n * bytes),
    b: aligned(slab * n * bytes),
    a: isSymmetric ? 0 : aligned(m * slab * bytes),
    packedB: aligned(Math.ceil((n * bytes) / PANEL_BYTES) * PANEL_BYTES * deep),
    scratch: countThreads() * scratchBytes(product),
  };
}

/** A tile and the packed rows of one block. */
function scratchBytes(product: Product): number {
  const { k, b } = product;
  const rows = PANEL_ROWS * Math.ceil(blockOf(product).height / PANEL_ROWS);
  return aligned(PANEL_ROWS * PANEL_BYTES + rows * Math.min(k, DEPTH) * b.data.BYTES_PER_ELEMENT);
}

function bytesOf(product: Product): number {
  return Object.values(sizesOf(product)).reduce((sum, bytes) => sum + bytes);
}
