import { InvalidParamError, show, UnsupportedError } from '../errors/index.ts';

/** What the pool needs of a worker: Web Workers and workers of `node:worker_threads` have it. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

/** Apart from the literal below, so that bundlers see one worker only. */
const here = import.meta.url;
let factory: () => WorkerLike = startWorker;

/**
 * Replaces how workers are made: for bundlers that do not follow `new Worker(new URL(...))`, for pages whose security
 * policy allows workers only from some place, and for limits of memory. Workers that already run stay.
 *
 * @param createWorker Starts, as a module, the script `fitwise/worker` or a script that imports it.
 * @throws InvalidParamError if it is no function.
 *
 * @example
 * import { setWorkerFactory } from 'fitwise';
 *
 * // my-worker.js: import { adoptModule } from 'fitwise/worker'; import * as mine from './mine.js'; adoptModule(mine);
 * setWorkerFactory(() => new Worker(new URL('./my-worker.js', import.meta.url), { type: 'module' }));
 */
export function setWorkerFactory(createWorker: () => WorkerLike): void {
  if (typeof createWorker !== 'function') {
    const rule = 'createWorker must be a function that starts a worker';
    throw new InvalidParamError({ action: 'set the worker factory', rule, received: show(createWorker) });
  }
  factory = createWorker;
}

/** @throws UnsupportedError if the host has no workers. @throws InvalidParamError if the factory gives none. */
export function createWorker(): WorkerLike {
  const worker: WorkerLike | undefined = factory();
  if (typeof worker?.postMessage === 'function') return worker;
  throw new InvalidParamError({
    action: 'start a worker',
    rule: 'the worker factory must give a worker',
    received: show(worker),
  });
}

/**
 * In Node the worker is a module among the others, so that a registered module which imports the library gets the
 * worker's own copy of it. Bundlers get one file that holds all, which also works where they only copy it.
 */
function startWorker(): WorkerLike {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (threads !== undefined) return new threads.Worker(new URL('../worker/entry.js', here), { execArgv: execArgv() });
  if (typeof Worker !== 'function') {
    throw new UnsupportedError({
      action: 'start a worker',
      rule: 'the host must have Web Workers or node:worker_threads',
      repair: 'use nJobs 1',
    });
  }
  return new Worker(new URL('../worker.js', import.meta.url), { type: 'module' });
}

/** Node's options for this process, less the one that it refuses for files. */
function execArgv(): string[] {
  const { execArgv: all } = process;
  return all.filter((option, i) => !option.startsWith('--input-type') && all[i - 1] !== '--input-type');
}
