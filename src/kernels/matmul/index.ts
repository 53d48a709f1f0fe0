/**
 * The matrix product in double precision. Cost: 2 m n k operations; `gram` does half of them.
 * Versions: `reference.ts` (plain loops; for small products, thin ones, and hosts without WebAssembly) and
 * `kernel.as.ts` (packed panels, SIMD) driven by `blocked.ts`.
 */
import { Matrix } from '../../array/index.ts';
import { assert } from '../../errors/index.ts';
import { MAX_OPS, runSync, type Work } from '../../work/index.ts';
import { WASM_BASE64 } from '../generated/matmul.ts';
import { lazyKernel } from '../load.ts';
import { gramBlocked, type MatmulExports, multiplyBlocked } from './blocked.ts';
import { addGram, addProduct, type Operand, type Range } from './reference.ts';

export interface MatmulOptions {
  /** Use A' instead of A. */
  readonly transposeA?: boolean;
  /** Use B' instead of B. */
  readonly transposeB?: boolean;
}

/** Below this many multiplications, and below four rows or columns, packing costs more than it saves. */
const SMALL = 16 ** 3;
const THIN = 4;

const kernel = lazyKernel<MatmulExports>(WASM_BASE64);

/** C = op(A) op(B), where op transposes on request: (m, k) times (k, n) gives (m, n). */
export function* matmulWork(a: Matrix, b: Matrix, options: MatmulOptions = {}): Work<Matrix> {
  const left = operand(a, options.transposeA);
  const right = operand(b, options.transposeB);
  assert(left.columns === right.rows, `product of ${left.rows} x ${left.columns} and ${right.rows} x ${right.columns}`);
  const product = Matrix.zeros(left.rows, right.columns);
  const isSmall = left.rows * left.columns * right.columns < SMALL || Math.min(left.rows, right.columns) < THIN;
  const fast = isSmall ? undefined : kernel();
  if (fast !== undefined) {
    yield* multiplyBlocked(fast, left, right, product.data);
  } else {
    const { rows, columns } = left;
    yield* inRanges(rows, columns, right.columns, range => addProduct(left, right, range, product.data));
  }
  return product;
}

/** X'X, symmetric to the bit: (n, p) gives (p, p). */
export function* gramWork(X: Matrix): Work<Matrix> {
  const source = operand(X, false);
  const product = Matrix.zeros(X.columns, X.columns);
  const isSmall = X.rows * X.columns * X.columns < SMALL || X.columns < THIN;
  const fast = isSmall ? undefined : kernel();
  if (fast !== undefined) yield* gramBlocked(fast, source, product.data);
  else yield* inRanges(X.columns, X.rows, X.columns, range => addGram(source, range, product.data));
  mirrorUpper(product);
  return product;
}

/** {@link matmulWork} without checkpoints. */
export function matmul(a: Matrix, b: Matrix, options?: MatmulOptions): Matrix {
  return runSync(matmulWork(a, b, options));
}

/** {@link gramWork} without checkpoints. */
export function gram(X: Matrix): Matrix {
  return runSync(gramWork(X));
}

/** Covers a product of (rows, depth) and (depth, columns) by ranges in order of k, with a checkpoint after each. */
function* inRanges(rows: number, depth: number, columns: number, body: (range: Range) => void): Work<void> {
  const deep = Math.max(1, Math.min(depth, Math.floor(MAX_OPS / Math.max(1, columns))));
  const high = Math.max(1, Math.floor(MAX_OPS / Math.max(1, deep * columns)));
  for (let i = 0; i < rows; i += high) {
    const iEnd = Math.min(rows, i + high);
    for (let k = 0; k < depth; k += deep) {
      const kEnd = Math.min(depth, k + deep);
      body({ i, iEnd, k, kEnd });
      yield { ops: (iEnd - i) * (kEnd - k) * columns };
    }
  }
}

function operand({ data, rows, columns }: Matrix, isTransposed: boolean | undefined): Operand {
  return isTransposed
    ? { data, rows: columns, columns: rows, rowStride: 1, columnStride: columns }
    : { data, rows, columns, rowStride: columns, columnStride: 1 };
}

/** Copies what is right of the diagonal to the left of it. */
export function mirrorUpper({ data, rows }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) data[i * rows + j] = data[j * rows + i]!;
  }
}
