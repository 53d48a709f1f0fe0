/**
 * The one place that knows gpu.js: kernels are source strings, compiled once per shape, always asynchronous and in
 * single precision; what really ran is read back from the kernel, since gpu.js may put its own JavaScript in its place.
 */
import type { GpuJsHandle, GpuJsInstance, GpuJsKernel, GpuJsLibrary } from './gpu-js.ts';

/**
 * A kernel for results of one shape: every thread computes the element at `this.thread.y`, `this.thread.x`, or at its
 * place in a `grid` of another form.
 */
export interface GpuKernel {
  readonly name: string;
  /** A JavaScript function as text, in the subset that gpu.js translates; loop bounds from `this.constants` only. */
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  readonly constants: Readonly<Record<string, number>>;
  /** Threads along x, y and z, as many as the result has elements, where they are not its columns and rows. */
  readonly grid?: readonly number[];
}

/** A matrix in the device's memory, until it is released. */
export interface Resident {
  readonly rows: number;
  readonly columns: number;
  /** The grid of the kernel that made it: WebGL lays matrices out by it, and compiles that into what reads them. */
  readonly grid: readonly number[];
  readonly handle: GpuJsHandle;
  release(): void;
}

/** Compiled kernels kept, unless there is to be room for more; beyond this the one unused for longest goes. */
const MAX_KERNELS = 64;

const COPY = 'function(values) { return values[this.thread.y][this.thread.x]; }';

export class Gpu {
  readonly #library: GpuJsLibrary;
  readonly #instance: GpuJsInstance;
  /** The class of gpu.js's kernels that run on this backend. */
  readonly #kernelClass: unknown;
  readonly #kernels = new Map<string, GpuJsKernel>();
  #residents = 0;
  #room = MAX_KERNELS;

  constructor(library: GpuJsLibrary, instance: GpuJsInstance, kernelClass: unknown) {
    this.#library = library;
    this.#instance = instance;
    this.#kernelClass = kernelClass;
  }

  /** What the kernels of this device are made in; undefined before the first. */
  get context(): unknown {
    return [...this.#kernels.values()][0]?.kernel.context;
  }

  /** Matrices on the device that were not released yet. */
  get residents(): number {
    return this.#residents;
  }

  /** Keeps as many compiled kernels at least: each holds on to its last result's memory. */
  makeRoom(kernels: number): void {
    this.#room = Math.max(this.#room, kernels);
  }

  /** A copy of row-major values in the device's memory. */
  async upload(values: Float32Array, rows: number, columns: number): Promise<Resident> {
    const copy = {
      name: 'copy',
      source: COPY,
      rows,
      columns,
      constants: {},
      ...(rows === 1 ? { grid: [columns] } : {}),
    };
    return this.#keep(copy, await this.#call(copy, [], [this.#library.input(values, [columns, rows])], true));
  }

  /** Runs a kernel and leaves its result on the device. */
  async run(kernel: GpuKernel, args: readonly (Resident | number)[]): Promise<Resident> {
    return this.#keep(kernel, await this.#run(kernel, args, true));
  }

  /** Runs a kernel and reads its result back, row by row. */
  async read(kernel: GpuKernel, args: readonly Resident[]): Promise<readonly Float32Array[]> {
    const rows = await this.#run(kernel, args, false);
    return rows instanceof Float32Array ? [rows] : (rows as readonly Float32Array[]);
  }

  #run(kernel: GpuKernel, args: readonly (Resident | number)[], isKept: boolean): Promise<unknown> {
    const forms = args.map(argument => (typeof argument === 'number' ? 0 : argument.grid));
    const given = args.map(argument => (typeof argument === 'number' ? argument : argument.handle));
    return this.#call(kernel, forms, given, isKept);
  }

  /** @param forms of the arguments, for each of which there is a kernel */
  async #call(
    kernel: GpuKernel,
    forms: readonly unknown[],
    args: readonly (object | number)[],
    isKept: boolean,
  ): Promise<unknown> {
    const compiled = this.#compiled(kernel, forms, isKept);
    const result = await compiled(...args);
    if (compiled.kernel.constructor !== this.#kernelClass || compiled.kernel.fallbackReason !== null) {
      throw new Error(`gpu.js left the GPU: ${compiled.kernel.fallbackReason ?? 'it gave no reason'}`);
    }
    return result;
  }

  #compiled(kernel: GpuKernel, forms: readonly unknown[], isKept: boolean): GpuJsKernel {
    const { name, source, constants } = kernel;
    const grid = gridOf(kernel);
    const key = JSON.stringify([name, grid, constants, forms, isKept]);
    const known = this.#kernels.get(key);
    this.#kernels.delete(key);
    const compiled =
      known ??
      this.#instance.createKernel(source, {
        output: grid,
        constants,
        precision: 'single',
        asyncMode: true,
        pipeline: isKept,
        immutable: isKept,
        onRequestFallback: refuseFallback,
      });
    this.#kernels.set(key, compiled);
    if (this.#kernels.size > this.#room) this.#forgetOldest();
    return compiled;
  }

  #forgetOldest(): void {
    const [key, kernel] = [...this.#kernels][0]!;
    this.#kernels.delete(key);
    kernel.destroy();
  }

  #keep(kernel: GpuKernel, result: unknown): Resident {
    const handle = result as GpuJsHandle;
    this.#residents++;
    const release = () => {
      this.#residents--;
      handle.delete();
    };
    return { rows: kernel.rows, columns: kernel.columns, grid: gridOf(kernel), handle, release };
  }
}

function gridOf({ rows, columns, grid = [columns, rows] }: GpuKernel): readonly number[] {
  return grid;
}

/** gpu.js would go on in JavaScript of its own making (`new Function`). */
function refuseFallback(): never {
  throw new Error('this device cannot run the kernel');
}
