import { canShareMemory, isInWorker } from '../parallel/index.ts';

/**
 * Memory for kernels, shared with helping threads where the host allows it. Workers are helped by nobody.
 *
 * @param maximum pages of 64 KiB
 */
export function makeMemory(maximum: number): WebAssembly.Memory {
  const own = { initial: 1, maximum };
  if (!canShareMemory() || isInWorker()) return new WebAssembly.Memory(own);
  try {
    return new WebAssembly.Memory({ ...own, shared: true });
  } catch {
    // Shared memory reserves the addresses of its maximum, which some hosts do not have.
    return new WebAssembly.Memory(own);
  }
}

export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return !(buffer instanceof ArrayBuffer);
}
