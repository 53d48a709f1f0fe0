import { type Work, waitIfPossible } from '../work/index.ts';
import type { Helpers } from './lend-helpers.ts';
import { countThreads } from './set-threads.ts';
import type { KernelExports, KernelInstance, Scratches, Unit } from './units.ts';

/**
 * Below so many element-operations, about half a millisecond of products, helpers hardly come before the end, and are
 * then missing where the next large piece begins: k-means of 100 clusters takes 1.4 times as long with 2^20.
 */
export const FEWEST_OPS = 2 ** 22;

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
  const helpers = yield* callHelpers(kernel, units, scratch, threads);
  let next = 0;
  const take = helpers === undefined ? () => next++ : () => helpers.claim();
  try {
    for (let u = take(); u < units.length; u = take()) {
      for (const { name, args, ops } of units[u]!) {
        (exports as KernelExports)[name]!(...args, scratch.pointer);
        yield { ops };
      }
    }
    if (helpers?.haveCome()) yield* waitIfPossible(() => helpers.finished());
  } finally {
    helpers?.stop();
  }
}

function* callHelpers(
  kernel: KernelInstance,
  units: readonly Unit[],
  scratch: Scratches,
  threads: number,
): Work<Helpers | undefined> {
  const most = Math.min(threads, units.length) - 1;
  if (most < 1 || !isShared(kernel.memory)) return undefined;
  const ops = units.reduce((sum, unit) => sum + unit.reduce((own, call) => own + call.ops, 0), 0);
  if (ops < FEWEST_OPS) return undefined;
  return yield* waitIfPossible(async () => {
    const { lendHelpers } = await import('./lend-helpers.ts');
    return lendHelpers({ kernel, units, scratch }, most, ops);
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
