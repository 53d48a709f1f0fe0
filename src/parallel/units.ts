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

/** Words of shared memory by which threads share units out. */
export type Control = Int32Array;
export const CONTROL_WORDS = 16;
const NEXT = 0;
const COME = 1;
/** As the next unit: none is to be taken, and those begun are to be left after their call. */
const STOPPED = 2 ** 30;

export function reset(control: Control): void {
  Atomics.store(control, COME, 0);
  Atomics.store(control, NEXT, 0);
}

/** The next unit that nobody has taken; there may be no such unit. */
export function claim(control: Control): number {
  return Atomics.add(control, NEXT, 1);
}

export function stop(control: Control): void {
  Atomics.store(control, NEXT, STOPPED);
}

export function hasCome(control: Control, helper: number): boolean {
  return (Atomics.load(control, COME) & (1 << helper)) !== 0;
}

/** Says that a helper has come. */
export function arrive(control: Control, helper: number): void {
  Atomics.or(control, COME, 1 << helper);
}

export function isStopped(control: Control): boolean {
  return Atomics.load(control, NEXT) >= STOPPED;
}

/** What a helper does: takes units until there are none. */
export function assist(
  exports: KernelExports,
  units: readonly Unit[],
  control: Control,
  helper: number,
  scratch: number,
) {
  arrive(control, helper);
  for (let u = claim(control); u < units.length; u = claim(control)) {
    for (const { name, args } of units[u]!) {
      if (isStopped(control)) return;
      exports[name]!(...args, scratch);
    }
  }
}
