import { assert } from '../errors/index.ts';
import type { KernelInstance } from '../parallel/index.ts';
import { type Arena, sharedArena } from './arena.ts';
import { isShared } from './memory.ts';

/** Which version of the kernels this host runs, and why. */
export interface KernelReport {
  readonly backend: 'webassembly' | 'reference';
  /** Why WebAssembly is not used; absent where it is. */
  readonly reason?: string;
}

/** Eight bytes of header and version: the smallest valid module. */
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

let report: KernelReport | undefined;

/**
 * Whether the kernels run as WebAssembly here. A host whose content security policy lacks `wasm-unsafe-eval` forbids
 * it; the plain versions then do the same work more slowly.
 *
 * @returns the backend, and the host's reason where it is `'reference'`.
 *
 * @example
 * import { kernelReport } from 'fitwise';
 * kernelReport().backend; // 'webassembly'
 */
export function kernelReport(): KernelReport {
  report ??= probe();
  return report;
}

function probe(): KernelReport {
  if (typeof WebAssembly === 'undefined') return { backend: 'reference', reason: 'this host has no WebAssembly' };
  try {
    new WebAssembly.Instance(new WebAssembly.Module(EMPTY_MODULE));
    return { backend: 'webassembly' };
  } catch (error) {
    return { backend: 'reference', reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * A function that instantiates an inlined binary over an arena of this thread at its first call, and gives `undefined`
 * where the host cannot run it (no WebAssembly, or none with SIMD); the reason is then in {@link kernelReport}.
 */
export function lazyKernel<Exports>(base64: string, arena: Arena = sharedArena): () => Exports | undefined {
  let exports: Exports | undefined;
  return () => {
    if (exports === undefined && kernelReport().backend === 'webassembly') {
      exports = instantiate<Exports>(base64, arena.memory);
    }
    return exports;
  };
}

/** As {@link lazyKernel}, over memories of the caller's: one instance per memory. */
export function kernelOver<Exports>(base64: string): (memory: WebAssembly.Memory) => Exports | undefined {
  const instances = new WeakMap<WebAssembly.Memory, Exports>();
  return memory => {
    const known = instances.get(memory);
    if (known !== undefined || kernelReport().backend !== 'webassembly') return known;
    const exports = instantiate<Exports>(base64, memory);
    if (exports !== undefined) instances.set(memory, exports);
    return exports;
  };
}

function instantiate<Exports>(base64: string, memory: WebAssembly.Memory): Exports | undefined {
  const binary = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  if (isShared(memory)) importSharedMemory(binary);
  try {
    const module = new WebAssembly.Module(binary);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    instances.set(exports, { key: nextKey++, module, memory });
    return exports as Exports;
  } catch (error) {
    report = { backend: 'reference', reason: error instanceof Error ? error.message : String(error) };
    return undefined;
  }
}

const instances = new WeakMap<object, KernelInstance>();
let nextKey = 0;

/** Of what {@link lazyKernel} or {@link kernelOver} gave: what other threads need to call the same functions. */
export function instanceOf(exports: object): KernelInstance {
  const known = instances.get(exports);
  assert(known !== undefined, 'only loaded kernels have instances');
  return known;
}

/** The import of a memory, in a binary: the names with their lengths, the kind, and the flag that says it has a maximum. */
const IMPORT = '\u0003env\u0006memory\u0002\u0001';
/** With a maximum, and shared. */
const SHARED_FLAG = 3;

/** Without atomic instructions, a binary for shared memory differs from one for its own in one byte. */
function importSharedMemory(binary: Uint8Array): void {
  const at = String.fromCharCode(...binary.subarray(0, 256)).indexOf(IMPORT);
  assert(at >= 0, 'kernels import their memory');
  binary[at + IMPORT.length - 1] = SHARED_FLAG;
}
