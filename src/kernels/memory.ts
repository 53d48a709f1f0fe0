import { canShareMemory, isInWorker } from '../parallel/index.ts';

/**
 * Memory for kernels, shared with helping threads where the host allows it. Workers are helped by nobody.
 *
 * @param maximum pages of 64 KiB
 */
export function makeMemory(maximum: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum, shared: canShareMemory() && !isInWorker() });
}

export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return !(buffer instanceof ArrayBuffer);
}
