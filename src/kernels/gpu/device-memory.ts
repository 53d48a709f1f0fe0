import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work, waitFor } from '../../work/index.ts';
import type { Gpu, Resident } from './gpu.ts';
import { scaleOf } from './power-scale.ts';

/**
 * A matrix in the device's memory, in slices of rows. Its values are divided by `scale`, a power of two that brings
 * the largest to between 1 and 2: exact, and the whole range of doubles fits into single precision.
 */
export interface OnDevice {
  readonly rows: number;
  readonly columns: number;
  readonly scale: number;
  /** Rows of each slice but the last. */
  readonly height: number;
  readonly slices: readonly Resident[];
}

/** The form a matrix shall have on the device, where the default will not do. */
export interface Form {
  /** Rows per slice. */
  readonly height?: number;
  /** A power of two, at least the matrix's own scale. */
  readonly scale?: number;
}

/** Elements of one slice (16 MB): graphics drivers end kernels that run for seconds, and limit textures. */
const SLICE = 2 ** 22;

/** What one call has on the device; what is left is released at its end. */
export class DeviceMemory {
  readonly gpu: Gpu;
  readonly #kept = new Map<Matrix, OnDevice | undefined>();
  readonly #moved = new Set<OnDevice>();

  constructor(gpu: Gpu) {
    this.gpu = gpu;
  }

  /** From its next move on, `X` stays on the device until the call ends; it must not change meanwhile. */
  keep(X: Matrix): void {
    if (!this.#kept.has(X)) this.#kept.set(X, undefined);
  }

  /** The scale that a matrix has on the device, or would get there. */
  *scaleOf(X: Matrix): Work<number> {
    return this.#kept.get(X)?.scale ?? (yield* scaleOf(X));
  }

  /**
   * The matrix on the device.
   *
   * @throws UnsupportedError on NaN and infinite values, with which graphics drivers do as they like.
   */
  *move(X: Matrix, { height = sliceHeight(X.columns), scale }: Form = {}): Work<OnDevice> {
    const known = this.#kept.get(X);
    if (known?.height === height && (scale === undefined || scale === known.scale)) return known;
    const moved = yield* this.#copy(X, height, scale ?? (yield* scaleOf(X)));
    if (this.#kept.has(X) && known === undefined) this.#kept.set(X, moved);
    return moved;
  }

  /** Releases a matrix, unless it is kept. */
  free(moved: OnDevice): void {
    if ([...this.#kept.values()].includes(moved)) return;
    this.#release(moved);
  }

  /** Releases everything. */
  close(): void {
    for (const moved of [...this.#moved]) this.#release(moved);
    this.#kept.clear();
  }

  *#copy({ data, rows, columns }: Matrix, height: number, scale: number): Work<OnDevice> {
    const slices: Resident[] = [];
    const moved = { rows, columns, scale, height, slices };
    this.#moved.add(moved);
    for (let from = 0; from < rows; from += height) {
      const to = Math.min(rows, from + height);
      const values = new Float32Array((to - from) * columns);
      const start = from * columns;
      yield* inBlocks(values.length, 1, (at, end) => {
        for (let i = at; i < end; i++) values[i] = data[start + i]! / scale;
      });
      slices.push(yield* waitFor(() => this.gpu.upload(values, to - from, columns)));
    }
    return moved;
  }

  #release(moved: OnDevice): void {
    if (!this.#moved.delete(moved)) return;
    for (const slice of moved.slices) slice.release();
  }
}

/** Rows of one slice: WebGPU runs at most 65535 groups of 8 threads in one direction. */
const MAX_HEIGHT = 2 ** 18;

/** Rows per slice of a matrix of so many columns. */
function sliceHeight(columns: number): number {
  return Math.min(MAX_HEIGHT, Math.max(1, Math.floor(SLICE / Math.max(1, columns))));
}
