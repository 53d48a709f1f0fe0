/**
 * Memory of the WebAssembly kernels: one memory per thread, which only grows and is reused by every call. A kernel
 * owns no heap; it gets pointers into parts of this memory that are lent to its caller. Growing makes earlier views
 * of the memory useless, so that none may be kept while anything else is borrowed: pointers may, views may not.
 */
import { assert, UnsupportedError } from '../errors/index.ts';
import { whenLeft } from '../parallel/index.ts';
import { makeMemory } from './memory.ts';

const PAGE = 65_536;
/** Kernels take large operands slice by slice, so that 1 GiB is never needed; it bounds the damage of a defect. */
const MAX_PAGES = 16_384;
/** Views start on a cache line. */
const ALIGNMENT = 64;

/** Hands out views of a part of the arena one after the other; `view.byteOffset` is the pointer that kernels take. */
export interface Scratch {
  float64(length: number): Float64Array;
  float32(length: number): Float32Array;
  int32(length: number): Int32Array;
}

/** A part of the arena that belongs to its borrower until it is given back. */
export interface Loan {
  readonly pointer: number;
  readonly bytes: number;
}

let memory: WebAssembly.Memory | undefined;
/** Bytes that the memory is known to have: asking it is slow. */
let capacity = 0;
/** What is lent, in order of address. */
const loans: Loan[] = [];
let isViewed = false;

/** This thread's kernel memory; created at the first use. */
export function arenaMemory(): WebAssembly.Memory {
  memory ??= makeMemory(MAX_PAGES);
  return memory;
}

/**
 * Borrows part of the arena, also across checkpoints; whoever borrows gives back in a `finally`. The contents are
 * whatever the last user left.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function borrow(bytes: number): Loan {
  let pointer = 0;
  let at = 0;
  while (at < loans.length && loans[at]!.pointer - pointer < bytes) {
    pointer = aligned(loans[at]!.pointer + loans[at]!.bytes);
    at++;
  }
  reserve(pointer + bytes);
  const loan = { pointer, bytes };
  loans.splice(at, 0, loan);
  return loan;
}

export function giveBack(loan: Loan): void {
  whenLeft(arenaMemory(), () => {
    const at = loans.indexOf(loan);
    assert(at >= 0, 'a loan of the arena is given back once');
    loans.splice(at, 1);
  });
}

/**
 * Runs `body` with scratch for views of the given byte lengths, and takes it all back afterwards. Nothing else may be
 * borrowed in `body`.
 *
 * @throws UnsupportedError if the host cannot give the memory.
 */
export function withScratch<T>(byteLengths: readonly number[], body: (scratch: Scratch) => T): T {
  const total = byteLengths.reduce((sum, length) => sum + aligned(length), 0);
  const loan = borrow(total);
  const { buffer } = arenaMemory();
  let top = loan.pointer;
  const take = (bytes: number): number => {
    const start = top;
    top += aligned(bytes);
    assert(top <= loan.pointer + total, `the arena was asked for more than the ${total} bytes announced`);
    return start;
  };
  isViewed = true;
  try {
    return body({
      float64: length => new Float64Array(buffer, take(length * 8), length),
      float32: length => new Float32Array(buffer, take(length * 4), length),
      int32: length => new Int32Array(buffer, take(length * 4), length),
    });
  } finally {
    isViewed = false;
    giveBack(loan);
  }
}

function reserve(bytes: number): void {
  assert(!isViewed, 'nothing is borrowed from the arena while a body has views of it');
  if (bytes <= capacity) return;
  const missing = bytes - arenaMemory().buffer.byteLength;
  try {
    if (missing > 0) arenaMemory().grow(Math.ceil(missing / PAGE));
    capacity = arenaMemory().buffer.byteLength;
  } catch {
    throw new UnsupportedError({
      action: 'run a kernel',
      rule: `its scratch must fit into the arena (at most ${MAX_PAGES * PAGE} bytes, if the host has them)`,
      received: `${bytes} bytes`,
    });
  }
}

/** `bytes`, filled up to whole cache lines. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
