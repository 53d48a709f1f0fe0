/** Products in this thread's own arena, without checkpoints: the blocks are cut inside the kernel. */
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/matmul-single.ts';
import { lazyKernel } from '../load.ts';
import { cut, type PanelExports, slabOf } from '../matmul/blocked.ts';
import { copyIn, copyOut, type Placed, placeAt } from '../matmul/placed.ts';
import { type Product, stepsOf } from '../matmul/product.ts';
import { Places } from '../places.ts';

export interface SingleExports extends PanelExports {
  readonly multiplyWhole: (
    m: number, n: number, k: number, a: number, aRow: number, aStep: number, b: number, bStep: number,
    bColumn: number, c: number, cRow: number, isAdded: boolean, scratch: number,
  ) => void; // biome-ignore format: as the kernel's parameters
}

/** Bytes that {@link multiplyPlaced} needs beside its operands: a tile, and 64 rows and 256 columns of 256 steps. */
export const PRODUCT_SCRATCH = 128 + (64 + 256) * 256 * Float32Array.BYTES_PER_ELEMENT;

/** The kernel over this thread's own arena. */
export const ownProductKernel = lazyKernel<SingleExports>(WASM_BASE64, ownArena);

/** C = A B, or C += A B, of operands in the own arena, in bytes; A and B have a stride of one float. */
export function multiplyPlaced(
  kernel: SingleExports,
  { m, n, k }: { readonly m: number; readonly n: number; readonly k: number },
  a: Placed,
  b: Placed,
  c: Placed,
  isAdded: boolean,
  scratch: number,
): void {
  kernel.multiplyWhole(
    m,
    n,
    k,
    a.pointer,
    a.row,
    a.column,
    b.pointer,
    b.row,
    b.column,
    c.pointer,
    c.row,
    isAdded,
    scratch,
  );
}

/** The product of operands in ordinary memory. */
export function multiplyAtOnce(kernel: SingleExports, product: Product<Float32Array>): void {
  const parts = cut(product);
  if (parts === undefined) multiplySlabs(kernel, product);
  else for (const part of parts) multiplyAtOnce(kernel, part as Product<Float32Array>);
}

/** Steps are copied and added some at a time where A is stored by steps, so that they stay in the caches. */
function multiplySlabs(kernel: SingleExports, product: Product<Float32Array>): void {
  const { m, n, k, a, b, c, isAdded } = product;
  const slab = slabOf(product);
  const places = new Places();
  const [atA, atB, atC] = [m * slab, slab * n, m * n].map(size => places.take(size * Float32Array.BYTES_PER_ELEMENT));
  const scratch = places.take(PRODUCT_SCRATCH);
  const loan = ownArena.borrow(places.bytes);
  try {
    const to = placeAt(loan.pointer + atC!, c, m, n);
    if (isAdded) copyIn(to, c, m, n, ownArena);
    for (let s = 0; s < k; s += slab) {
      const steps = stepsOf(product, s, Math.min(k, s + slab));
      const left = placeAt(loan.pointer + atA!, a, m, steps.k);
      const right = placeAt(loan.pointer + atB!, b, steps.k, n);
      copyIn(left, steps.a, m, steps.k, ownArena);
      copyIn(right, steps.b, steps.k, n, ownArena);
      multiplyPlaced(kernel, steps, left, right, to, steps.isAdded, loan.pointer + scratch);
    }
    copyOut(to, c, m, n, ownArena);
  } finally {
    ownArena.giveBack(loan);
  }
}
