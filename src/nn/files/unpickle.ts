/**
 * The part of Python's pickle that torch's weight files use: containers, texts, numbers, and a few names that stand for
 * how tensors are put together. Nothing is looked up or called: every name but those of the caller's list is refused.
 *
 * Source: Python, `Lib/pickletools.py` (the opcodes of protocol 2).
 */
import { InvalidFileError, show } from '../../errors/index.ts';

/** What a name in the stream stands for, applied to its arguments. */
export type Constructor = (args: readonly unknown[]) => unknown;

export interface UnpickleRules {
  /** What may be named, as `module name`. */
  readonly globals: Readonly<Record<string, Constructor>>;
  /** What stands outside the stream: torch's storages. */
  readonly persistent: (id: unknown) => unknown;
}

/** A dict; keys that are not texts are kept as texts. */
export type PickledDict = Map<string, unknown>;

const MARK = Symbol('mark');

/** @throws InvalidFileError on an opcode or a name that weight files do not need, and on a stream that is cut short. */
export function unpickle(bytes: Uint8Array, rules: UnpickleRules): unknown {
  return new Unpickler(bytes, rules).run();
}

class Unpickler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #rules: UnpickleRules;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #at = 0;

  constructor(bytes: Uint8Array, rules: UnpickleRules) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#rules = rules;
  }

  run(): unknown {
    for (;;) {
      const opcode = String.fromCharCode(this.#byte());
      if (opcode === '.') return this.#pop();
      const step = OPCODES[opcode];
      if (step === undefined)
        refuse('it may hold containers, texts, numbers and tensors only', `opcode ${show(opcode)}`);
      step(this);
    }
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  /** Takes everything above the last mark. */
  popToMark(): unknown[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) refuse('it must be whole', 'a stream without a mark');
    const items = this.#stack.splice(at);
    return items.slice(1);
  }

  take(count: number): unknown[] {
    if (this.#stack.length < count) refuse('it must be whole', 'a stream that takes more than there is');
    return this.#stack.splice(this.#stack.length - count);
  }

  top(): unknown {
    return this.#stack.at(-1);
  }

  remember(key: number): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) refuse('it must be whole', `a reference to ${key}, which is not there`);
    this.push(this.#memo.get(key));
  }

  unsigned(size: 1 | 2 | 4): number {
    const at = this.#skip(size);
    if (size === 1) return this.#view.getUint8(at);
    return size === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  signed(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#skip(8), false);
  }

  /** A whole number of any length, lowest byte first. */
  long(): number {
    const size = this.unsigned(1);
    const at = this.#skip(size);
    let value = 0n;
    for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[at + i]!);
    return Number(BigInt.asIntN(8 * Math.max(1, size), value));
  }

  text(): string {
    const length = this.unsigned(4);
    const at = this.#skip(length);
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) refuse('it must be whole', 'a name without an end');
    const text = new TextDecoder().decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  named(module: string, name: string): Constructor {
    const key = `${module} ${name}`;
    const { globals } = this.#rules;
    if (Object.hasOwn(globals, key)) return globals[key]!;
    return refuse(`it may name ${Object.keys(globals).join(', ')} only`, show(key));
  }

  persistent(id: unknown): unknown {
    return this.#rules.persistent(id);
  }

  #byte(): number {
    return this.#bytes[this.#skip(1)]!;
  }

  #skip(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) refuse('it must be whole', `${this.#bytes.length} bytes`);
    this.#at += size;
    return at;
  }

  #pop(): unknown {
    return this.take(1)[0];
  }
}

type Step = (machine: Unpickler) => void;

/** Arguments are read in the order of the stream; names as Python has them, from left to right in `pickletools`. */
const OPCODES: Readonly<Record<string, Step>> = {
  '\x80': m => void m.unsigned(1),
  '(': m => m.push(MARK),
  ')': m => m.push([]),
  t: m => m.push(m.popToMark()),
  '\x85': m => m.push(m.take(1)),
  '\x86': m => m.push(m.take(2)),
  '\x87': m => m.push(m.take(3)),
  ']': m => m.push([]),
  '}': m => m.push(new Map()),
  N: m => m.push(null),
  '\x88': m => m.push(true),
  '\x89': m => m.push(false),
  K: m => m.push(m.unsigned(1)),
  M: m => m.push(m.unsigned(2)),
  J: m => m.push(m.signed()),
  '\x8a': m => m.push(m.long()),
  G: m => m.push(m.double()),
  X: m => m.push(m.text()),
  q: m => m.remember(m.unsigned(1)),
  r: m => m.remember(m.unsigned(4)),
  h: m => m.recall(m.unsigned(1)),
  j: m => m.recall(m.unsigned(4)),
  c: m => m.push(m.named(m.line(), m.line())),
  Q: m => m.push(m.persistent(m.take(1)[0])),
  R(m) {
    const [make, args] = m.take(2);
    if (typeof make !== 'function' || !Array.isArray(args)) refuse('it must be whole', 'a call of something else');
    m.push((make as Constructor)(args));
  },
  a(m) {
    const [item] = m.take(1);
    listAt(m).push(item);
  },
  e(m) {
    const items = m.popToMark();
    listAt(m).push(...items);
  },
  s(m) {
    const [key, value] = m.take(2);
    dictAt(m).set(String(key), value);
  },
  u(m) {
    const items = m.popToMark();
    const dict = dictAt(m);
    for (let i = 0; i + 1 < items.length; i += 2) dict.set(String(items[i]), items[i + 1]);
  },
  // The attributes of an OrderedDict, such as torch's versions of modules: nothing here needs them.
  b: m => void m.take(1),
};

function listAt(machine: Unpickler): unknown[] {
  const list = machine.top();
  return Array.isArray(list) ? list : refuse('it must be whole', 'items for what is no list');
}

function dictAt(machine: Unpickler): PickledDict {
  const dict = machine.top();
  return dict instanceof Map ? dict : refuse('it must be whole', 'items for what is no dict');
}

function refuse(rule: string, received: string): never {
  throw new InvalidFileError({ action: 'read a pickle', rule, received });
}
