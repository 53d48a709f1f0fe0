/**
 * The matrix product in single precision, for neural networks. Cost: 2 m n k operations. Versions: the
 * definition of `matmul` ( for tiny products, and hosts without WebAssembly) and `kernel.as.ts` (packed
 * panels, SIMD). They agree to the bit.
 *
 * Operands lie in ordinary memory and are copied into the arena for the call: m k + k n + m n floats moved beside
 * m n k multiplications, which is little for all but thin products.
 */
import { assert } from '../../errors/index.ts';
import type { Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/matmul-single.ts';
import { lazyKernel } from '../load.ts';
import { multiplyAtOnce } from '../matmul/at-once.ts';
import { multiplyBlocked, type PanelExports } from '../matmul/blocked.ts';
import { inParts } from '../matmul/in-parts.ts';
import type { Operand, Product } from '../matmul/product.ts';
import { multiplyPlainly } from '../matmul/reference.ts';
import { ownProductKernel } from './own-kernel.ts';

/**
 * C = op(A) op(B), or C += op(A) op(B), where op(A) is m x k, op(B) is k x n and C is m x n, all stored by rows. The
 * rows of a stored matrix begin `stride` floats apart, the first of them at `offset`; by default at 0 and side by side.
 */
export interface SingleProductOptions {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Float32Array;
  readonly aOffset?: number;
  readonly aStride?: number;
  /** Whether A is stored transposed, as k rows of m. */
  readonly aTransposed?: boolean;
  readonly b: Float32Array;
  readonly bOffset?: number;
  readonly bStride?: number;
  /** Whether B is stored transposed, as n rows of k. */
  readonly bTransposed?: boolean;
  /** Must not overlap A or B. */
  readonly c: Float32Array;
  readonly cOffset?: number;
  readonly cStride?: number;
  /** Whether the product is added to what C holds; otherwise C is not read. */
  readonly isAdded?: boolean;
}

/** Below this many multiplications, the way into the arena and back costs more than it saves. */
const SMALL = 6 ** 3;

const sharedKernel = lazyKernel<PanelExports>(WASM_BASE64);

/** Computes a product of single precision. */
export function multiplySingleInto(options: SingleProductOptions): void {
  const product = describe(options);
  const fast = isSmall(product) ? undefined : ownProductKernel();
  if (fast === undefined) multiplyPlainly(product, Math.fround);
  else multiplyAtOnce(fast, product);
}

/** {@link multiplySingleInto} with checkpoints. */
export function multiplySingleWork(options: SingleProductOptions): Work<void> {
  return multiply(describe(options));
}

function* multiply(product: Product<Float32Array>): Work<void> {
  const fast = isSmall(product) ? undefined : sharedKernel();
  if (fast !== undefined) yield* multiplyBlocked(fast, product);
  else yield* inParts(product, part => multiplyPlainly(part, Math.fround));
}

function isSmall({ m, n, k }: Product): boolean {
  return m * n * k < SMALL;
}

function describe(options: SingleProductOptions): Product<Float32Array> {
  const { m, n, k, a, b, c, aTransposed = false, bTransposed = false, isAdded = false } = options;
  return {
    ...{ m, n, k, isAdded, isSymmetric: false },
    a: operand(a, m, k, aTransposed, options.aOffset, options.aStride),
    b: operand(b, k, n, bTransposed, options.bOffset, options.bStride),
    c: operand(c, m, n, false, options.cOffset, options.cStride),
  };
}

function operand(
  data: Float32Array,
  rows: number,
  columns: number,
  isTransposed: boolean,
  start = 0,
  stride = isTransposed ? rows : columns,
): Operand<Float32Array> {
  const end =
    rows * columns === 0
      ? start
      : start + ((isTransposed ? columns : rows) - 1) * stride + (isTransposed ? rows : columns);
  assert(end <= data.length, `an operand of ${rows} x ${columns} ends at ${end} of ${data.length} floats`);
  return isTransposed ? { data, start, row: 1, column: stride } : { data, start, row: stride, column: 1 };
}
