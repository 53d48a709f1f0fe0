/**
 * The matrix product in double precision. Cost: 2 m n k operations. Versions:
 * `reference.ts` (the definition; for small products, and hosts without WebAssembly), `thin.ts` (plain loops for few
 * rows or columns) and `kernel.as.ts` (packed panels, SIMD) driven by `blocked.ts`. They agree to the bit.
 */
import { Matrix } from '../../array/index.ts';
import { assert } from '../../errors/index.ts';
import { FEWEST_OPS } from '../../parallel/index.ts';
import { runSync, type Work } from '../../work/index.ts';
import { ownArena } from '../arena.ts';
import { WASM_BASE64 } from '../generated/matmul.ts';
import { lazyKernel } from '../load.ts';
import { multiplyAtOnce, type WholeExports } from './at-once.ts';
import { multiplyBlocked, type ProductExports } from './blocked.ts';
import { inParts } from './in-parts.ts';
import type { Operand, Product } from './product.ts';
import { multiplyPlainly } from './reference.ts';
import { multiplyThin } from './thin.ts';

export interface MatmulOptions {
  /** Use A' instead of A. */
  readonly transposeA?: boolean;
  /** Use B' instead of B. */
  readonly transposeB?: boolean;
}

/** Below this many multiplications, the way into the arena and back costs more than it saves. */
const SMALL = 6 ** 3;
/** With fewer rows or columns, it costs more than it saves whatever the rest. */
const THIN = 4;

const kernel = lazyKernel<ProductExports>(WASM_BASE64);
const ownKernel = lazyKernel<WholeExports>(WASM_BASE64, ownArena);

/** C = op(A) op(B), where op transposes on request: (m, k) times (k, n) gives (m, n). */
export function* matmulWork(a: Matrix, b: Matrix, options: MatmulOptions = {}): Work<Matrix> {
  const product = Matrix.zeros(options.transposeA ? a.columns : a.rows, options.transposeB ? b.rows : b.columns);
  yield* matmulIntoWork(a, b, product, options);
  return product;
}

/** {@link matmulWork} into a matrix that is there, whatever it holds. */
export function* matmulIntoWork(a: Matrix, b: Matrix, product: Matrix, options: MatmulOptions = {}): Work<void> {
  const [m, k] = options.transposeA ? [a.columns, a.rows] : [a.rows, a.columns];
  const [depth, n] = options.transposeB ? [b.columns, b.rows] : [b.rows, b.columns];
  assert(k === depth, `product of ${m} x ${k} and ${depth} x ${n}`);
  assert(product.rows === m && product.columns === n, `a product of ${m} x ${n}`);
  const operands = { a: operand(a, options.transposeA), b: operand(b, options.transposeB), c: operand(product) };
  yield* multiply({ m, n, k, ...operands, isAdded: false, isSymmetric: false });
}

/** {@link matmulWork} without checkpoints. */
export function matmul(a: Matrix, b: Matrix, options?: MatmulOptions): Matrix {
  return runSync(matmulWork(a, b, options));
}

/** A product of operands of any layout, by the version that suits its size. */
export function* multiply(product: Product<Float64Array>): Work<void> {
  const { m, n, k } = product;
  const isSmall = m * n * k < SMALL;
  const isThin = !isSmall && Math.min(m, n) < THIN;
  // No thread helps with so little.
  const own = isSmall || isThin || product.isSymmetric || m * n * k >= FEWEST_OPS ? undefined : ownKernel();
  if (own !== undefined) {
    multiplyAtOnce(own, product);
    yield { ops: m * n * k };
    return;
  }
  const fast = isSmall || isThin ? undefined : kernel();
  if (fast !== undefined) yield* multiplyBlocked(fast, product);
  else if (isThin) yield* inParts(product, multiplyThin);
  else yield* inParts(product, part => multiplyPlainly(part, exactly));
}

/** Doubles are as exact as JavaScript computes. */
function exactly(value: number): number {
  return value;
}

export function operand({ data, columns }: Matrix, isTransposed = false): Operand<Float64Array> {
  return { data, start: 0, row: isTransposed ? 1 : columns, column: isTransposed ? columns : 1 };
}
