/**
 * Memories of the WebAssembly kernels: arenas, which only grow and are reused by every call. A kernel owns no heap; it
 * gets pointers into parts of an arena that are lent to its caller. Growing makes earlier views of the memory useless,
 * so that none may be kept while anything else is borrowed: pointers may, views may not.
 *
 * A thread has two: one that helping threads can share, and one of its own for kernels that nobody helps, because
 * values are copied into shared memory, word by word, at half the speed or less.
 */
import { assert, UnsupportedError } from '../errors/index.ts';
import { whenLeft } from '../parallel/index.ts';
import { makeMemory, makeOwnMemory } from './memory.ts';

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

/** One memory, made at the first use, and what is lent of it. */
export class Arena {
  readonly #make: (maximum: number) => WebAssembly.Memory;
  #memory: WebAssembly.Memory | undefined;
  /** Bytes that the memory is known to have: asking it is slow. */
  #capacity = 0;
  /** What is lent, in order of address. */
  readonly #loans: Loan[] = [];
  #isViewed = false;
  #floats = new Float32Array(0);
  #doubles = new Float64Array(0);

  constructor(make: (maximum: number) => WebAssembly.Memory) {
    this.#make = make;
  }

  get memory(): WebAssembly.Memory {
    this.#memory ??= this.#make(MAX_PAGES);
    return this.#memory;
  }

  /** All of it as floats; good until the next loan. */
  get floats(): Float32Array {
    const { buffer } = this.memory;
    if (this.#floats.buffer !== buffer) this.#floats = new Float32Array(buffer);
    return this.#floats;
  }

  /** All of it as doubles; good until the next loan. */
  get doubles(): Float64Array {
    const { buffer } = this.memory;
    if (this.#doubles.buffer !== buffer) this.#doubles = new Float64Array(buffer);
    return this.#doubles;
  }

  /** Copies floats to a pointer. */
  put(pointer: number, values: Float32Array): void {
    this.floats.set(values, pointer / Float32Array.BYTES_PER_ELEMENT);
  }

  /** Fills `values` with the floats from a pointer on. */
  take(pointer: number, values: Float32Array): void {
    const at = pointer / Float32Array.BYTES_PER_ELEMENT;
    values.set(this.floats.subarray(at, at + values.length));
  }

  /**
   * Borrows part of the arena, also across checkpoints; whoever borrows gives back in a `finally`. The contents are
   * whatever the last user left.
   *
   * @throws UnsupportedError if the host cannot give the memory.
   */
  borrow(bytes: number): Loan {
    let pointer = 0;
    let at = 0;
    while (at < this.#loans.length && this.#loans[at]!.pointer - pointer < bytes) {
      pointer = aligned(this.#loans[at]!.pointer + this.#loans[at]!.bytes);
      at++;
    }
    this.#reserve(pointer + bytes);
    const loan = { pointer, bytes };
    this.#loans.splice(at, 0, loan);
    return loan;
  }

  giveBack(loan: Loan): void {
    whenLeft(this.memory, () => {
      const at = this.#loans.indexOf(loan);
      assert(at >= 0, 'a loan of the arena is given back once');
      this.#loans.splice(at, 1);
    });
  }

  /**
   * Runs `body` with scratch for views of the given byte lengths, and takes it all back afterwards. Nothing else may be
   * borrowed in `body`.
   *
   * @throws UnsupportedError if the host cannot give the memory.
   */
  withScratch<T>(byteLengths: readonly number[], body: (scratch: Scratch) => T): T {
    const total = byteLengths.reduce((sum, length) => sum + aligned(length), 0);
    const loan = this.borrow(total);
    const { buffer } = this.memory;
    let top = loan.pointer;
    const take = (bytes: number): number => {
      const start = top;
      top += aligned(bytes);
      assert(top <= loan.pointer + total, `the arena was asked for more than the ${total} bytes announced`);
      return start;
    };
    this.#isViewed = true;
    try {
      return body({
        float64: length => new Float64Array(buffer, take(length * 8), length),
        float32: length => new Float32Array(buffer, take(length * 4), length),
        int32: length => new Int32Array(buffer, take(length * 4), length),
      });
    } finally {
      this.#isViewed = false;
      this.giveBack(loan);
    }
  }

  #reserve(bytes: number): void {
    assert(!this.#isViewed, 'nothing is borrowed from the arena while a body has views of it');
    if (bytes <= this.#capacity) return;
    const missing = bytes - this.memory.buffer.byteLength;
    try {
      if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
      this.#capacity = this.memory.buffer.byteLength;
    } catch {
      throw new UnsupportedError({
        action: 'run a kernel',
        rule: `its scratch must fit into the arena (at most ${MAX_PAGES * PAGE} bytes, if the host has them)`,
        received: `${bytes} bytes`,
      });
    }
  }
}

/** Of kernels that other threads may help. */
export const sharedArena = new Arena(makeMemory);
/** Of kernels that run on this thread alone. */
export const ownArena = new Arena(makeOwnMemory);

/** The memory of the shared arena. */
export function arenaMemory(): WebAssembly.Memory {
  return sharedArena.memory;
}

/** {@link Arena.borrow} from the shared arena. */
export function borrow(bytes: number): Loan {
  return sharedArena.borrow(bytes);
}

/** {@link Arena.giveBack} to the shared arena. */
export function giveBack(loan: Loan): void {
  sharedArena.giveBack(loan);
}

/** {@link Arena.withScratch} of the shared arena. */
export function withScratch<T>(byteLengths: readonly number[], body: (scratch: Scratch) => T): T {
  return sharedArena.withScratch(byteLengths, body);
}

/** `bytes`, filled up to whole cache lines. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
