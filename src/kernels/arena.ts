/**
 * Scratch memory of the WebAssembly kernels: one memory per thread, which only grows and is reused by every call.
 * A kernel owns no heap; it gets pointers into this memory, valid until the body of `withScratch` returns. Nothing
 * may be kept across a checkpoint, because other work may run there.
 */
import { assert, UnsupportedError } from '../errors/index.ts';

const PAGE = 65_536;
/** Kernels work block by block, so that 1 GiB is never needed in practice; it bounds the damage of a defect. */
const MAX_PAGES = 16_384;
/** Views start on a cache line. */
const ALIGNMENT = 64;

/** Hands out views of the arena one after the other; `view.byteOffset` is the pointer that kernels take. */
export interface Scratch {
  float64(length: number): Float64Array<ArrayBuffer>;
  int32(length: number): Int32Array<ArrayBuffer>;
}

let memory: WebAssembly.Memory | undefined;
let isLent = false;

/** This thread's kernel memory; created at the first use. */
export function arenaMemory(): WebAssembly.Memory {
  memory ??= new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES });
  return memory;
}

/**
 * Runs `body` with scratch for views of the given byte lengths, and takes it all back afterwards. The contents are
 * whatever the last user left.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function withScratch<T>(byteLengths: readonly number[], body: (scratch: Scratch) => T): T {
  assert(!isLent, 'the arena is lent to one kernel call at a time');
  const total = byteLengths.reduce((sum, length) => sum + aligned(length), 0);
  const buffer = reserve(total);
  let top = 0;
  const take = (bytes: number): number => {
    const start = top;
    top += aligned(bytes);
    assert(top <= total, `the arena was asked for more than the ${total} bytes announced`);
    return start;
  };
  isLent = true;
  try {
    return body({
      float64: length => new Float64Array(buffer, take(length * 8), length),
      int32: length => new Int32Array(buffer, take(length * 4), length),
    });
  } finally {
    isLent = false;
  }
}

function reserve(bytes: number): ArrayBuffer {
  const arena = arenaMemory();
  const missing = bytes - arena.buffer.byteLength;
  if (missing > 0) {
    try {
      arena.grow(Math.ceil(missing / PAGE));
    } catch {
      throw new UnsupportedError({
        action: 'run a kernel',
        rule: `its scratch must fit into the arena (at most ${MAX_PAGES * PAGE} bytes, if the host has them)`,
        received: `${bytes} bytes`,
      });
    }
  }
  return arena.buffer;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
