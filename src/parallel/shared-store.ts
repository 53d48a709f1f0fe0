import { canShareMemory } from './shared-memory.ts';
import { encode, type Place, type TypedArray, type Wire } from './wire.ts';

/** Shared data, encoded; its memory may be reused when nobody uses it. */
export interface SharedData {
  readonly key: number;
  readonly wire: Wire;
  /** The calls and running tasks that need it. */
  users: number;
}

interface Slot {
  buffer: SharedArrayBuffer | undefined;
  data: SharedData;
}

/**
 * Keeps what calls share. Typed arrays lie in shared memory where the host has it, one slot per value. Engines give
 * shared memory back late or never (forty calls with 100 MB each held 4 GB), so a value that nobody uses is kept,
 * in case that the next call shares it again, only until another value needs its slot. There are thus as many slots
 * as values were ever used at one time.
 */
export class SharedStore {
  readonly #slots: Slot[] = [];
  #known = new WeakMap<object, SharedData>();
  #nextKey = 0;
  readonly #onForget: (key: number) => void;

  /** @param onForget Called with the key of a value whose memory is about to be reused. */
  constructor(onForget: (key: number) => void) {
    this.#onForget = onForget;
  }

  /** The encoded value, with one user more: the caller, who takes itself off again. */
  use(value: unknown): SharedData {
    const known = isObject(value) ? this.#known.get(value) : undefined;
    const isKept = known !== undefined && this.#slots.some(slot => slot.data === known);
    const data = isKept ? known : this.#keep(value);
    if (isObject(value)) this.#known.set(value, data);
    data.users++;
    return data;
  }

  #keep(value: unknown): SharedData {
    const at = this.#slots.findIndex(slot => slot.data.users === 0);
    const old = this.#slots[at];
    const { wire, buffer } = canShareMemory() ? share(value, old?.buffer) : { wire: encode(value, 'shared') };
    if (old !== undefined) this.#onForget(old.data.key);
    const data = { key: this.#nextKey++, wire, users: 0 };
    this.#slots.splice(at < 0 ? this.#slots.length : at, 1, { buffer, data });
    return data;
  }

  clear(): void {
    this.#slots.length = 0;
    this.#known = new WeakMap();
  }
}

/** Encodes `value` with its typed arrays in `reuse`, or in a new buffer where they do not fit. */
function share(value: unknown, reuse: SharedArrayBuffer | undefined): { wire: Wire; buffer: SharedArrayBuffer } {
  const offsets = new Map<TypedArray, number>();
  let bytes = 0;
  const measure: Place = array => {
    if (isShared(array)) return array;
    if (!offsets.has(array)) {
      offsets.set(array, bytes);
      bytes += Math.ceil(array.byteLength / 8) * 8;
    }
    return array;
  };
  encode(value, 'shared', measure);

  const room = reuse?.byteLength ?? 0;
  const buffer = reuse !== undefined && room >= bytes ? reuse : new SharedArrayBuffer(Math.max(bytes, 2 * room));
  for (const [array, offset] of offsets) viewLike(array, buffer, offset).set(array);
  return {
    wire: encode(value, 'shared', array => (isShared(array) ? array : viewLike(array, buffer, offsets.get(array)!))),
    buffer,
  };
}

/** Whether others see the array where it lies. */
function isShared({ buffer }: TypedArray): boolean {
  return !(buffer instanceof ArrayBuffer);
}

function viewLike<T extends TypedArray>(array: T, buffer: SharedArrayBuffer, offset: number): T {
  const View = array.constructor as new (buffer: SharedArrayBuffer, offset: number, length: number) => T;
  return new View(buffer, offset, array.length);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
