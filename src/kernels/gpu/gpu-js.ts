/** The part of gpu.js 2.24 that is used here. Its own declarations cannot be: it is an optional peer, absent from most projects. */

/** A matrix as an argument: `size` is columns, then rows. */
export type GpuJsInput = object;

/** An intermediate result in the device's memory. */
export interface GpuJsHandle {
  delete(): void;
}

/** A compiled kernel: called, it promises rows of numbers, or a handle where its settings say `pipeline`. */
export interface GpuJsKernel {
  (...args: readonly (GpuJsInput | GpuJsHandle | number)[]): Promise<readonly Float32Array[] | GpuJsHandle>;
  /** What really runs: gpu.js may have replaced it since. */
  readonly kernel: {
    readonly constructor: unknown;
    readonly context: unknown;
    readonly fallbackReason: string | null;
  };
  destroy(): void;
}

export interface GpuJsSettings {
  /** Lengths of the result along x, y and z. */
  readonly output: readonly number[];
  readonly constants: Readonly<Record<string, number>>;
  readonly precision: 'single';
  readonly asyncMode: true;
  readonly pipeline: boolean;
  /** Each result has memory of its own; otherwise the next call would write over it. */
  readonly immutable: boolean;
  readonly onRequestFallback: () => never;
}

export interface GpuJsInstance {
  createKernel(source: string, settings: GpuJsSettings): GpuJsKernel;
  destroy(): Promise<void>;
}

export type GpuJsMode = 'webgpu' | 'webgl2' | 'headlessgl';

export interface GpuJsLibrary {
  readonly GPU: {
    new (settings: { readonly mode: GpuJsMode }): GpuJsInstance;
    isWebGPUAvailable(): Promise<boolean>;
    readonly isWebGL2Supported: boolean;
    readonly isHeadlessGLSupported: boolean;
  };
  readonly WebGPUKernel: unknown;
  readonly WebGL2Kernel: unknown;
  readonly HeadlessGLKernel: unknown;
  input(values: Float32Array, size: readonly [columns: number, rows: number]): GpuJsInput;
}

export interface WebGpuAdapter {
  readonly info?: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
  };
}
