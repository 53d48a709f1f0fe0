/**
 * The board on which a thread posts units, and from which helpers take them. Helpers stay at the board for a moment after the
 * last unit, because pieces of work follow one another, and to read what is posted next is quicker than to be sent it.
 *
 * A posting is open while the epoch is odd. A helper notes that it is active before it looks whether the posting is
 * still open; who posted closes it, and writes the next one when nobody is active. So nobody reads what is being written.
 */
import type { KernelExports, Scratches, Unit } from './units.ts';

/** Words by which threads share a posting out; each helper has a bit in some. */
const [NEXT, CAME, EPOCH, ACTIVE, FAILED, THERE] = [0, 1, 2, 3, 4, 5];
/** As the next unit: none is to be taken, and those begun are to be left after their call. */
const STOPPED = 2 ** 30;
const CONTROL_BYTES = 64;
/** Numbers of a posting at most. */
const ROOM = 2 ** 14;
/** Before the places of the units: kernel, most helpers, scratch, its bytes, and the number of units. */
const HEADER = 5;
/** Milliseconds that a helper looks for the next posting all the time, and that it stays for one in all. */
const SPIN_MS = 0.05;
const STAY_MS = 3;

/** Bits of a word, less its sign. */
export const MOST_HELPERS = 31;

export interface Posting {
  /** Key of the kernel whose functions are called. */
  readonly kernel: number;
  readonly scratch: Scratches;
  /** Helpers that there is scratch for. */
  readonly most: number;
}

export class Board {
  readonly buffer: SharedArrayBuffer;
  readonly #control: Int32Array;
  readonly #numbers: Float64Array;

  constructor(buffer = new SharedArrayBuffer(CONTROL_BYTES + 8 * ROOM)) {
    this.buffer = buffer;
    this.#control = new Int32Array(buffer, 0, CONTROL_BYTES / 4);
    this.#numbers = new Float64Array(buffer, CONTROL_BYTES);
  }

  /** Opens a posting of as many of the units from `first` on as there is room for; none may be open. */
  post({ kernel, scratch, most }: Posting, exports: object, units: readonly Unit[], first: number): number {
    const count = this.#write(functionsOf(exports), units, first);
    this.#numbers.set([kernel, most, scratch.pointer, scratch.bytes, count]);
    Atomics.store(this.#control, NEXT, 0);
    Atomics.add(this.#control, EPOCH, 1);
    Atomics.notify(this.#control, EPOCH);
    return count;
  }

  #write(functions: readonly string[], units: readonly Unit[], first: number): number {
    const most = Math.min(units.length - first, ROOM / 8);
    let at = HEADER + most;
    for (let u = 0; u < most; u++) {
      const unit = units[first + u]!;
      const length = unit.reduce((sum, { args }) => sum + 2 + args.length, 1);
      if (at + length > ROOM) return u;
      this.#numbers[HEADER + u] = at;
      this.#numbers[at++] = unit.length;
      for (const { name, args } of unit) {
        this.#numbers[at++] = functions.indexOf(name);
        this.#numbers[at++] = args.length;
        for (let k = 0; k < args.length; k++) this.#numbers[at++] = args[k]!;
      }
    }
    return most;
  }

  /** The next unit of the posting that nobody has taken; there may be no such unit. */
  claim(): number {
    return Atomics.add(this.#control, NEXT, 1);
  }

  /** No helper comes any more; those that are there finish their units. */
  close(): void {
    Atomics.add(this.#control, EPOCH, 1);
  }

  /** Closes a posting whose units nobody needs any more. */
  stop(): void {
    Atomics.store(this.#control, NEXT, STOPPED);
    this.close();
  }

  isActive(helper?: number): boolean {
    const active = Atomics.load(this.#control, ACTIVE);
    return helper === undefined ? active !== 0 : (active & (1 << helper)) !== 0;
  }

  /** Whether a helper has ever come to the board. */
  hasCome(helper: number): boolean {
    return (Atomics.load(this.#control, CAME) & (1 << helper)) !== 0;
  }

  /** Whether a helper stands at the board, or was called and is on its way. */
  isThere(helper: number): boolean {
    return (Atomics.load(this.#control, THERE) & (1 << helper)) !== 0;
  }

  /** To be said before a helper is called. */
  expect(helper: number): void {
    Atomics.or(this.#control, THERE, 1 << helper);
  }

  get hasFailed(): boolean {
    return Atomics.load(this.#control, FAILED) !== 0;
  }

  /** A helper that ended is neither active nor there. */
  forget(helper: number): void {
    Atomics.and(this.#control, ACTIVE, ~(1 << helper));
    Atomics.and(this.#control, CAME, ~(1 << helper));
  }

  /** Resolves when some helper is active no more; a promise only where the host can wait so. */
  change(): Promise<unknown> | undefined {
    const { waitAsync } = Atomics as unknown as { waitAsync?: WaitAsync };
    const active = Atomics.load(this.#control, ACTIVE);
    if (active === 0 || waitAsync === undefined) return undefined;
    const { value } = waitAsync(this.#control, ACTIVE, active, 1000);
    return Promise.resolve(value);
  }

  /** What a helper does: takes units of one posting after another, until none comes for a while. */
  serve(kernels: ReadonlyMap<number, KernelExports>, helper: number): void {
    const own = 1 << helper;
    Atomics.or(this.#control, CAME, own);
    try {
      this.#serve(kernels, helper, own);
    } finally {
      Atomics.and(this.#control, THERE, ~own);
    }
  }

  #serve(kernels: ReadonlyMap<number, KernelExports>, helper: number, own: number): void {
    for (let epoch = this.#nextEpoch(0); epoch !== undefined; epoch = this.#nextEpoch(epoch)) {
      Atomics.or(this.#control, ACTIVE, own);
      try {
        if (Atomics.load(this.#control, EPOCH) === epoch) this.#help(kernels, helper);
      } catch (error) {
        Atomics.store(this.#control, FAILED, 1);
        throw error;
      } finally {
        Atomics.and(this.#control, ACTIVE, ~own);
        Atomics.notify(this.#control, ACTIVE);
      }
    }
  }

  /** The epoch of an open posting other than `seen`, or undefined if none comes. */
  #nextEpoch(seen: number): number | undefined {
    const start = performance.now();
    for (let spent = 0; spent < STAY_MS; spent = performance.now() - start) {
      const epoch = Atomics.load(this.#control, EPOCH);
      if (epoch % 2 === 1 && epoch !== seen) return epoch;
      if (spent > SPIN_MS) Atomics.wait(this.#control, EPOCH, epoch, STAY_MS - spent);
    }
    return undefined;
  }

  #help(kernels: ReadonlyMap<number, KernelExports>, helper: number): void {
    const [kernel, most, pointer, bytes, count] = this.#numbers.subarray(0, HEADER) as unknown as FiveNumbers;
    const exports = kernels.get(kernel);
    if (exports === undefined || helper >= most) return;
    const functions = functionsOf(exports);
    for (let u = this.claim(); u < count; u = this.claim()) {
      let at = this.#numbers[HEADER + u]!;
      for (let calls = this.#numbers[at++]!; calls > 0; calls--) {
        if (Atomics.load(this.#control, NEXT) >= STOPPED) return;
        const name = functions[this.#numbers[at]!]!;
        const start = at + 2;
        at = start + this.#numbers[at + 1]!;
        exports[name]!(...this.#numbers.subarray(start, at), pointer + (helper + 1) * bytes);
      }
    }
  }
}

type FiveNumbers = readonly [number, number, number, number, number];
type WaitAsync = (words: Int32Array, at: number, value: number, timeout: number) => { readonly value: unknown };

const known = new WeakMap<object, readonly string[]>();

/** The names of a kernel's functions, in an order that all threads agree on. */
function functionsOf(exports: object): readonly string[] {
  const names = known.get(exports) ?? Object.keys(exports).sort();
  known.set(exports, names);
  return names;
}
