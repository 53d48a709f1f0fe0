/**
 * Arrays in a memory of kernels that is theirs for as long as somebody works with them, checkpoints included. Products
 * of small matrices and passes over them then copy nothing, which would cost as much as the work. Threads do not help.
 */
import type { Matrix } from '../array/index.ts';
import { assert, UnsupportedError } from '../errors/index.ts';
import type { DescentExports } from './adam-descent/index.ts';
import type { DescentArrays, DescentFactors } from './adam-descent/reference.ts';
import { WASM_BASE64 as DESCENT } from './generated/adam-descent.ts';
import { WASM_BASE64 as MATMUL } from './generated/matmul.ts';
import { WASM_BASE64 as RECTIFIED } from './generated/rectified-layer.ts';
import { kernelOver } from './load.ts';
import { multiplyPlaced, scratchOf, type WholeExports } from './matmul/at-once.ts';
import type { MatmulOptions } from './matmul/index.ts';
import type { Placed } from './matmul/placed.ts';
import { makeOwnMemory } from './memory.ts';
import { Places } from './places.ts';
import type { RectifiedExports } from './rectified-layer/index.ts';

const PAGE = 65_536;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;
/** Bytes that there are for arrays. */
const MAX_BYTES = 2 ** 26;

const products = kernelOver<WholeExports>(MATMUL);
const rectifiers = kernelOver<RectifiedExports>(RECTIFIED);
const descents = kernelOver<DescentExports>(DESCENT);

/** Memories that nobody uses: they only grow, and are used again. */
const free: WebAssembly.Memory[] = [];

/** Room for arrays of doubles of so many bytes, each filled up to a cache line; undefined where the host has no kernels. */
export function residentArrays(bytes: number): ResidentArrays | undefined {
  if (bytes > MAX_BYTES) return undefined;
  const memory = free.pop() ?? makeOwnMemory(Math.ceil(MAX_BYTES / PAGE) + 16);
  const [product, rectifier, descent] = [products(memory), rectifiers(memory), descents(memory)];
  if (product === undefined || rectifier === undefined || descent === undefined) return undefined;
  return new ResidentArrays(memory, bytes, product, rectifier, descent);
}

/** Whoever makes one closes it in a `finally`, and keeps none of its arrays. All functions take arrays of its own. */
export class ResidentArrays {
  readonly #memory: WebAssembly.Memory;
  readonly #places = new Places();
  readonly #scratch: number;
  readonly #product: WholeExports;
  readonly #rectifier: RectifiedExports;
  readonly #descent: DescentExports;

  /** @throws UnsupportedError if the host cannot give the memory. */
  constructor(
    memory: WebAssembly.Memory,
    bytes: number,
    product: WholeExports,
    rectifier: RectifiedExports,
    descent: DescentExports,
  ) {
    this.#memory = memory;
    [this.#product, this.#rectifier, this.#descent] = [product, rectifier, descent];
    this.#scratch = this.#places.take(scratchOf(DOUBLE));
    reserve(memory, this.#places.bytes + bytes);
  }

  /** An array that holds anything. */
  take(length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#places.take(length * DOUBLE), length);
  }

  close(): void {
    free.push(this.#memory);
  }

  /** C = op(A) op(B), where op transposes on request. */
  multiply(a: Matrix, b: Matrix, c: Matrix, { transposeA = false, transposeB = false }: MatmulOptions = {}): void {
    const k = transposeA ? a.rows : a.columns;
    assert(k === (transposeB ? b.columns : b.rows), 'the operands of a product have as many steps');
    const sides = { m: c.rows, n: c.columns, k };
    const [left, right] = [placeOf(a, transposeA), placeOf(b, transposeB)];
    multiplyPlaced(this.#product, sides, left, right, placeOf(c, false), false, this.#scratch);
  }

  /** As `rectifyRowsInto`. */
  rectify(Z: Float64Array, bias: Float64Array): void {
    this.#rectifier.rectifyRows(Z.byteOffset, Z.length / bias.length, bias.length, bias.byteOffset);
  }

  /** As `rectifyRowsBackInto`. */
  rectifyBack(A: Float64Array, deltas: Float64Array, sums: Float64Array): void {
    const rows = A.length / sums.length;
    this.#rectifier.rectifyRowsBack(A.byteOffset, deltas.byteOffset, rows, sums.length, sums.byteOffset);
  }

  /** As `descendByAdamInto`, of whole arrays. */
  descend({ params, gradient, mean, square }: DescentArrays, factors: DescentFactors): void {
    const { beta1, beta2, rate, epsilon } = factors;
    const [p, g, m, v] = [params.byteOffset, gradient.byteOffset, mean.byteOffset, square.byteOffset];
    const pairs = Math.ceil(params.length / 2);
    this.#descent.descendByAdam(p, g, m, v, pairs, beta1, beta2, 1 - beta1, 1 - beta2, rate, epsilon);
  }
}

function placeOf({ data, columns }: Matrix, isTransposed: boolean): Placed {
  const [row, column] = isTransposed ? [DOUBLE, columns * DOUBLE] : [columns * DOUBLE, DOUBLE];
  return { pointer: data.byteOffset, row, column };
}

function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / PAGE));
  } catch {
    throw new UnsupportedError({
      action: 'run a kernel',
      rule: 'the host must have the memory that it works in',
      received: `${bytes} bytes`,
    });
  }
}
