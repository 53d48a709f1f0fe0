/**
 * Memories for kernels whose work goes on over checkpoints, where the arena may not be kept. Like the arena they only
 * grow and are used again: a thread has as many as it ever needed at one time.
 */
import { UnsupportedError } from '../errors/index.ts';
import { whenLeft } from '../parallel/index.ts';
import { makeMemory } from './memory.ts';

const PAGE = 65_536;
const MAX_PAGES = 65_536;

/** Bytes that one memory can have. */
export const MAX_LEASE_BYTES = PAGE * MAX_PAGES - PAGE;

/** A memory lent to one user; give it back with {@link returnMemory}. */
export class LeasedMemory {
  readonly memory = makeMemory(MAX_PAGES);
  /** What its last user left at its start, for the next one to find; held weakly. */
  #content: WeakRef<object> | undefined;

  /** Whether `content` lies at the start, as far as its users keep to that. */
  holds(content: object): boolean {
    return this.#content?.deref() === content;
  }

  keepAtStart(content: object | undefined): void {
    this.#content = content === undefined ? undefined : new WeakRef(content);
  }

  /**
   * Makes room for so many bytes; views from before are void.
   *
   * @throws UnsupportedError if the host cannot give the memory.
   */
  reserve(bytes: number): ArrayBufferLike {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing <= 0) return this.memory.buffer;
    try {
      this.memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw new UnsupportedError({
        action: 'run a kernel',
        rule: 'the host must have the memory that it works in',
        received: `${bytes} bytes`,
      });
    }
    return this.memory.buffer;
  }
}

const free: LeasedMemory[] = [];

/** A memory that nobody uses, by preference one that holds `content`. */
export function leaseMemory(content: object): LeasedMemory {
  const at = free.findIndex(memory => memory.holds(content));
  const [lease] = free.splice(at < 0 ? free.length - 1 : at, 1);
  return lease ?? new LeasedMemory();
}

export function returnMemory(lease: LeasedMemory): void {
  whenLeft(lease.memory, () => free.push(lease));
}
