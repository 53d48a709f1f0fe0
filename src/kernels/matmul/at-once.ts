/** Products in this thread's own arena, without checkpoints: the blocks are cut inside the kernel. */
import { ownArena } from '../arena.ts';
import { Places } from '../places.ts';
import { cut, FEW_BYTES, PANEL_BYTES, PANEL_ROWS, slabOf } from './blocked.ts';
import { copyIn, copyOut, type Placed, placeAt } from './placed.ts';
import { DEPTH, type Product, stepsOf } from './product.ts';

/** What a kernel.as.ts exports and is called here; whole.as.ts says what the parameters mean. */
export interface WholeExports {
  readonly multiplyWhole: (
    m: number, n: number, k: number, a: number, aRow: number, aStep: number, b: number, bStep: number,
    bColumn: number, c: number, cRow: number, isAdded: boolean, scratch: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

/** Bytes that {@link multiplyPlaced} needs beside its operands: a tile, and 64 rows and 256 columns of a block of steps. */
export function scratchOf(bytesPerElement: number): number {
  return PANEL_ROWS * PANEL_BYTES + (64 + 256) * DEPTH * bytesPerElement;
}

/** C = A B, or C += A B, of operands in the own arena; one stride of A and one of B are those of an element. */
export function multiplyPlaced(
  kernel: WholeExports,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  a: Placed,
  b: Placed,
  c: Placed,
  isAdded: boolean,
  scratch: number,
): void {
  kernel.multiplyWhole(
    m, n, k, a.pointer, a.row, a.column, b.pointer, b.row, b.column, c.pointer, c.row, isAdded, scratch,
  ); // biome-ignore format: as the kernel's parameters
}

/** The product of operands in ordinary memory; C is computed in whole though it may be symmetric. */
export function multiplyAtOnce(kernel: WholeExports, product: Product): void {
  const { m, n, k, c } = product;
  const isFew = (m * k + k * n + m * n) * c.data.BYTES_PER_ELEMENT <= FEW_BYTES;
  const parts = isFew ? undefined : cut(product);
  if (parts === undefined) multiplySlabs(kernel, product);
  else for (const part of parts) multiplyAtOnce(kernel, part);
}

/** Steps are copied and added some at a time where A is stored by steps, so that they stay in the caches. */
function multiplySlabs(kernel: WholeExports, product: Product): void {
  const { m, n, k, a, b, c, isAdded } = product;
  const slab = slabOf(product);
  const bytes = c.data.BYTES_PER_ELEMENT;
  const places = new Places();
  const [atA, atB, atC] = [places.take(m * slab * bytes), places.take(slab * n * bytes), places.take(m * n * bytes)];
  const scratch = places.take(scratchOf(bytes));
  const loan = ownArena.borrow(places.bytes);
  try {
    const to = placeAt(loan.pointer + atC, c, m, n);
    if (isAdded) copyIn(to, c, m, n, ownArena);
    for (let s = 0; s < k; s += slab) {
      const steps = slab < k ? stepsOf(product, s, Math.min(k, s + slab)) : product;
      const left = placeAt(loan.pointer + atA, a, m, steps.k);
      const right = placeAt(loan.pointer + atB, b, steps.k, n);
      copyIn(left, steps.a, m, steps.k, ownArena);
      copyIn(right, steps.b, steps.k, n, ownArena);
      multiplyPlaced(kernel, steps, left, right, to, steps.isAdded, loan.pointer + scratch);
    }
    copyOut(to, c, m, n, ownArena);
  } finally {
    ownArena.giveBack(loan);
  }
}
