import { canShareMemory, isInWorker } from '../parallel/index.ts';

/**
 * Memory for kernels, shared with helping threads where the host allows it. Workers are helped by nobody.
 *
 * @param maximum pages of 64 KiB
 */
export function makeMemory(maximum: number): WebAssembly.Memory {
  if (!canShareMemory() || isInWorker()) return makeOwnMemory(maximum);
  try {
    return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
  } catch {
    // Shared memory reserves the addresses of its maximum, which some hosts do not have.
    return makeOwnMemory(maximum);
  }
}

/** Memory for kernels that nobody helps. */
export function makeOwnMemory(maximum: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum });
}

export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return !(buffer instanceof ArrayBuffer);
}
