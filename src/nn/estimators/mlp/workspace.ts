import { Matrix } from '../../../array/index.ts';
import {
  type DescentArrays,
  type DescentFactors,
  descendByAdamInto,
  type MatmulOptions,
  matmulIntoWork,
  type ResidentArrays,
  rectifyRowsBackInto,
  rectifyRowsInto,
  residentArrays,
} from '../../../kernels/index.ts';
import { inBlocks, type Work } from '../../../work/index.ts';
import type { Layout } from './layout.ts';

/** Where passes over batches keep what they write to again and again, and what computes on it there. */
export interface Workspace {
  /** The matrix of that name, as wide as always and no higher than a batch; it holds anything. */
  take(name: string, rows: number, columns: number): Matrix;
  /** A list of zeros. */
  zeros(length: number): Float64Array;
  /** C = op(A) op(B). */
  multiply(a: Matrix, b: Matrix, c: Matrix, options?: MatmulOptions): Work<void>;
  /** As the kernel `rectifyRowsInto`. */
  rectify(Z: Float64Array, bias: Float64Array): void;
  /** As the kernel `rectifyRowsBackInto`. */
  rectifyBack(A: Float64Array, deltas: Float64Array, sums: Float64Array): void;
  /** A step of Adam, as the kernel `descendByAdamInto`. */
  descend(arrays: DescentArrays, factors: DescentFactors): Work<void>;
  /** Ends its use: none of its matrices may be used afterwards. */
  close(): void;
}

/** Multiplications of a product from which on it pays that threads help with it. */
const MANY_OPS = 2 ** 21;

/** For training by batches of at most so many rows; whoever asks closes it in a `finally`. */
export function batchWorkspace(layout: Layout, rows: number): Workspace {
  const { sizes, length } = layout;
  const largest = sizes.slice(1).reduce((most, size, layer) => Math.max(most, size * sizes[layer]!), 0);
  const arrays = rows * largest <= MANY_OPS ? residentArrays(bytesOf(sizes, length, rows)) : undefined;
  return arrays === undefined ? new OrdinaryWorkspace() : new ResidentWorkspace(arrays, rows);
}

/** Samples, targets, and values and deltas of every layer; parameters, their gradient, and two means. */
function bytesOf(sizes: readonly number[], length: number, rows: number): number {
  const units = sizes.reduce((sum, size) => sum + size, 0) + sizes.at(-1)!;
  const arrays = 2 * sizes.length + 5;
  return 8 * (rows * 2 * units + 4 * length) + 64 * arrays;
}

/** In ordinary memory, with threads that help. */
export class OrdinaryWorkspace implements Workspace {
  readonly #matrices = new Map<string, Matrix>();
  readonly multiply = matmulIntoWork;
  readonly rectify = rectifyRowsInto;
  readonly rectifyBack = rectifyRowsBackInto;

  take(name: string, rows: number, columns: number): Matrix {
    const key = `${name} ${rows} ${columns}`;
    const matrix = this.#matrices.get(key) ?? Matrix.zeros(rows, columns);
    this.#matrices.set(key, matrix);
    return matrix;
  }

  zeros(length: number): Float64Array {
    return new Float64Array(length);
  }

  *descend({ params, gradient, mean, square }: DescentArrays, factors: DescentFactors): Work<void> {
    yield* inBlocks(params.length, 1, (from, to) => {
      const part = (values: Float64Array) => values.subarray(from, to);
      const arrays = { params: part(params), gradient: part(gradient), mean: part(mean), square: part(square) };
      descendByAdamInto(arrays, factors);
    });
  }

  close(): void {}
}

/** Where kernels compute, without copies, but on one thread. */
class ResidentWorkspace implements Workspace {
  readonly #arrays: ResidentArrays;
  readonly #rows: number;
  readonly #data = new Map<string, Float64Array>();

  constructor(arrays: ResidentArrays, rows: number) {
    this.#arrays = arrays;
    this.#rows = rows;
  }

  /** Room is taken for whole batches, so that a last smaller one finds it too. */
  take(name: string, rows: number, columns: number): Matrix {
    const data = this.#data.get(name) ?? this.#arrays.take(this.#rows * columns);
    this.#data.set(name, data);
    return new Matrix(data.subarray(0, rows * columns), rows, columns);
  }

  zeros(length: number): Float64Array {
    return this.#arrays.take(length).fill(0);
  }

  *multiply(a: Matrix, b: Matrix, c: Matrix, options?: MatmulOptions): Work<void> {
    this.#arrays.multiply(a, b, c, options);
    yield { ops: a.data.length * (options?.transposeB ? b.rows : b.columns) };
  }

  rectify(Z: Float64Array, bias: Float64Array): void {
    this.#arrays.rectify(Z, bias);
  }

  rectifyBack(A: Float64Array, deltas: Float64Array, sums: Float64Array): void {
    this.#arrays.rectifyBack(A, deltas, sums);
  }

  *descend(arrays: DescentArrays, factors: DescentFactors): Work<void> {
    this.#arrays.descend(arrays, factors);
    yield { ops: arrays.params.length };
  }

  close(): void {
    this.#arrays.close();
  }
}
