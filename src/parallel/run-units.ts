import { type Work, waitIfPossible } from '../work/index.ts';
import type { Crew } from './lend-helpers.ts';
import { countThreads } from './set-threads.ts';
import type { KernelExports, KernelInstance, Scratches, Unit } from './units.ts';

/** Below so many element-operations, some ten microseconds of products, sharing them out takes longer than doing them. */
export const FEWEST_OPS = 2 ** 17;

/**
 * Does all units, on up to `threads` threads; without promises, and where memory is not shared, on this one. The results
 * are the same to the bit.
 *
 * @param scratch as many pieces as threads
 * @throws WorkerError if a helper ends inside a unit.
 */
export function* runUnits(
  exports: object,
  kernel: KernelInstance,
  units: readonly Unit[],
  scratch: Scratches,
  threads = countThreads(),
): Work<void> {
  const most = Math.min(threads, units.length) - 1;
  const crew = yield* callHelpers(kernel, units, most);
  if (crew === undefined) {
    for (const unit of units) yield* makeCalls(exports, unit, scratch.pointer);
    return;
  }
  const work = { exports, kernel, scratch, most: threads - 1 };
  let isOpen = false;
  try {
    for (let first = 0, count = 0; first < units.length; first += Math.max(1, count)) {
      count = crew.post(work, units, first);
      isOpen = true;
      // A unit too large to be posted is done here.
      if (count === 0) yield* makeCalls(exports, units[first]!, scratch.pointer);
      for (let u = crew.claim(); u < count; u = crew.claim()) {
        yield* makeCalls(exports, units[first + u]!, scratch.pointer);
      }
      isOpen = false;
      if (!crew.close()) yield* waitIfPossible(() => crew.left());
    }
  } finally {
    crew.finish(isOpen);
  }
}

function* makeCalls(exports: object, unit: Unit, scratch: number): Work<void> {
  for (const { name, args, ops } of unit) {
    (exports as KernelExports)[name]!(...args, scratch);
    yield { ops };
  }
}

let lend: typeof import('./lend-helpers.ts').lendHelpers | undefined;

function* callHelpers(kernel: KernelInstance, units: readonly Unit[], most: number): Work<Crew | undefined> {
  if (most < 1 || !isShared(kernel.memory)) return undefined;
  const ops = units.reduce((sum, unit) => sum + unit.reduce((own, call) => own + call.ops, 0), 0);
  if (ops < FEWEST_OPS) return undefined;
  return yield* waitIfPossible(async () => {
    lend ??= (await import('./lend-helpers.ts')).lendHelpers;
    return lend(kernel, most, ops);
  });
}

function isShared({ buffer }: WebAssembly.Memory): boolean {
  return !(buffer instanceof ArrayBuffer);
}

const leaving = new WeakMap<WebAssembly.Memory, Set<Promise<unknown>>>();

/** Notes that threads may still write to a memory until `left` settles. */
export function noteLeaving(memory: WebAssembly.Memory, left: Promise<unknown>): void {
  const all = leaving.get(memory) ?? new Set();
  leaving.set(memory, all.add(left));
  void left.finally(() => all.delete(left));
}

/** Calls `then` when no helper of stopped work writes to the memory any more: at once, but for the moment after an abort. */
export function whenLeft(memory: WebAssembly.Memory, then: () => void): void {
  const all = leaving.get(memory);
  if (all === undefined || all.size === 0) then();
  else void Promise.allSettled(all).then(then);
}
