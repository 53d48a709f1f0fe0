/**
 * The one place that knows gpu.js: kernels are source strings, compiled once per shape, always asynchronous and in
 * single precision; what really ran is read back from the kernel, since gpu.js may put its own JavaScript in its place.
 */
import type { GpuJsHandle, GpuJsInstance, GpuJsKernel, GpuJsLibrary } from './gpu-js.ts';

/** A kernel for results of one shape: every thread computes the element at `this.thread.y`, `this.thread.x`. */
export interface GpuKernel {
  readonly name: string;
  /** A JavaScript function as text, in the subset that gpu.js translates; loop bounds from `this.constants` only. */
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  readonly constants: Readonly<Record<string, number>>;
}

/** A matrix in the device's memory, until it is released. */
export interface Resident {
  readonly rows: number;
  readonly columns: number;
  readonly handle: GpuJsHandle;
  release(): void;
}

/** Compiled kernels kept; beyond this the one unused for longest goes. */
const MAX_KERNELS = 64;

const COPY = 'function(values) { return values[this.thread.y][this.thread.x]; }';

export class Gpu {
  readonly #library: GpuJsLibrary;
  readonly #instance: GpuJsInstance;
  /** The class of gpu.js's kernels that run on this backend. */
  readonly #kernelClass: unknown;
  readonly #kernels = new Map<string, GpuJsKernel>();
  #residents = 0;

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

  /** A copy of row-major values in the device's memory. */
  async upload(values: Float32Array, rows: number, columns: number): Promise<Resident> {
    const copy = { name: 'copy', source: COPY, rows, columns, constants: {} };
    return this.#keep(copy, await this.#run(copy, [this.#library.input(values, [columns, rows])], true));
  }

  /** Runs a kernel and leaves its result on the device. */
  async run(kernel: GpuKernel, args: readonly Resident[]): Promise<Resident> {
    return this.#keep(kernel, await this.#run(kernel, handlesOf(args), true));
  }

  /** Runs a kernel and reads its result back, row by row. */
  async read(kernel: GpuKernel, args: readonly Resident[]): Promise<readonly Float32Array[]> {
    return (await this.#run(kernel, handlesOf(args), false)) as readonly Float32Array[];
  }

  async #run(kernel: GpuKernel, args: readonly object[], isKept: boolean): Promise<unknown> {
    const compiled = this.#compiled(kernel, isKept);
    const result = await compiled(...args);
    if (compiled.kernel.constructor !== this.#kernelClass || compiled.kernel.fallbackReason !== null) {
      throw new Error(`gpu.js left the GPU: ${compiled.kernel.fallbackReason ?? 'it gave no reason'}`);
    }
    return result;
  }

  #compiled(kernel: GpuKernel, isKept: boolean): GpuJsKernel {
    const { name, source, rows, columns, constants } = kernel;
    const key = JSON.stringify([name, rows, columns, constants, isKept]);
    const known = this.#kernels.get(key);
    this.#kernels.delete(key);
    const compiled =
      known ??
      this.#instance.createKernel(source, {
        output: [columns, rows],
        constants,
        precision: 'single',
        asyncMode: true,
        pipeline: isKept,
        immutable: isKept,
        onRequestFallback: refuseFallback,
      });
    this.#kernels.set(key, compiled);
    if (this.#kernels.size > MAX_KERNELS) this.#forgetOldest();
    return compiled;
  }

  #forgetOldest(): void {
    const [key, kernel] = [...this.#kernels][0]!;
    this.#kernels.delete(key);
    kernel.destroy();
  }

  #keep({ rows, columns }: GpuKernel, result: unknown): Resident {
    const handle = result as GpuJsHandle;
    this.#residents++;
    const release = () => {
      this.#residents--;
      handle.delete();
    };
    return { rows, columns, handle, release };
  }
}

function handlesOf(args: readonly Resident[]): readonly GpuJsHandle[] {
  return args.map(({ handle }) => handle);
}

/** gpu.js would go on in JavaScript of its own making (`new Function`). */
function refuseFallback(): never {
  throw new Error('this device cannot run the kernel');
}
