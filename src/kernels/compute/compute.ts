import type { Matrix } from '../../array/index.ts';
import { UnsupportedError } from '../../errors/index.ts';
import type { Work } from '../../work/index.ts';
import type { GpuBackend } from '../gpu/report.ts';
import type { MatmulOptions } from '../matmul/index.ts';

/** Where the products of a call may run. */
export type Device = 'cpu' | 'gpu' | 'auto';

/** Where they ran. */
export interface Placement {
  readonly backend: 'cpu' | GpuBackend;
  /** Why `'auto'` stayed on the processor; null otherwise. */
  readonly reason: string | null;
}

/** Matrix products on one device. */
export interface Products {
  readonly backend: Placement['backend'];
  /** `matmulWork` on this device. */
  matmul(a: Matrix, b: Matrix, options?: MatmulOptions): Work<Matrix>;
  /** `gramWork` on this device. */
  gram(X: Matrix): Work<Matrix>;
  /** The nearest row of `targets` to each row of X, or -1 where rounding leaves it open; undefined on the processor. */
  readonly nearestRows?: (X: Matrix, targets: Matrix) => Work<Int32Array>;
  /** Squared Euclidean distances of all rows of both; undefined on the processor. */
  readonly squaredDistances?: (a: Matrix, b: Matrix) => Work<Matrix>;
  /** softmax(X W' + b), row by row; undefined on the processor. */
  readonly softmaxScores?: (X: Matrix, weights: Matrix, intercept: Float64Array) => Work<Matrix>;
  /** What a sum of `depth` products may be off, as a share of the sum of their absolute values. */
  roundoff(depth: number): number;
  /** Says that a matrix will be used again and not change: it is moved to the device once. */
  keep(X: Matrix): void;
}

/** The size of a task, for the choice of `'auto'`. */
export interface Task {
  /** Multiplications in all. */
  readonly operations: number;
  /** Numbers that travel to the device or back. */
  readonly numbers: number;
}

/** The task of X'X: half the products of all pairs of columns. */
export function gramTask({ rows, columns }: Matrix): Task {
  return { operations: (rows * columns * columns) / 2, numbers: (rows + columns) * columns };
}

/** What one call computes with. Whoever has a GPU path asks once where its products shall run. */
export interface Compute {
  /** The device's products for a task; undefined where the processor does it ({@link productsOn} gives its products). */
  products(task: Task): Products | undefined;
  /**
   * Says that a way of working has no GPU path.
   *
   * @throws UnsupportedError where the caller asked for the GPU.
   */
  without(reason: string): undefined;
  /** Where the call's products ran so far. */
  readonly placement: Placement;
  /** Ends the call: frees the device's memory. */
  close(): void;
}

/** A call that stays on the processor; `reason` says why, where it might have been otherwise. */
export function cpuCompute(reason: string | null = null): Compute {
  const placement = { backend: 'cpu', reason } as const;
  return { products: () => undefined, without: () => undefined, placement, close: () => {} };
}

/** The error of a call that asked for the GPU and cannot have it. */
export function noGpu(action: string, reason: string): UnsupportedError {
  return new UnsupportedError({
    action,
    rule: "device 'gpu' must be possible",
    received: reason,
    repair: "use device 'cpu' or 'auto'",
  });
}
