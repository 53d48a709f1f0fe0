/**
 * A large piece of numeric work, cut into units by its shape: calls of WebAssembly functions on memory that threads
 * share. Whichever thread takes a unit makes its calls in their order; units touch no place that another one writes,
 * so that the result does not depend on who took which, nor on how many did.
 */

/** A compiled kernel over a memory, as threads tell each other. */
export interface KernelInstance {
  readonly key: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

export type KernelExports = Readonly<Record<string, (...args: number[]) => unknown>>;

/** Calls `name` with `args`, and after them a pointer to the calling thread's own scratch. */
export interface KernelCall {
  readonly name: string;
  readonly args: readonly number[];
  /** Element-operations, at most about `MAX_OPS`. */
  readonly ops: number;
}

export type Unit = readonly KernelCall[];

/** One piece of scratch per thread, one after another. */
export interface Scratches {
  readonly pointer: number;
  readonly bytes: number;
}
