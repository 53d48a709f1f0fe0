import { UnsupportedError } from '../errors/index.ts';

/** What the pool needs of a worker: Web Workers and workers of `node:worker_threads` have it. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): unknown;
}

const here = import.meta.url;
let factory: () => WorkerLike = startWorker;

/**
 * Replaces how workers are made, for bundlers that do not follow `new Worker(new URL(...))` and for pages whose
 * security policy allows workers only from some place. Workers that already run stay.
 *
 * @param createWorker Starts the library's worker script, `fitwise/worker`, as a module.
 *
 * @example
 * import { Worker } from 'node:worker_threads';
 * import { setWorkerFactory } from 'fitwise';
 *
 * const script = new URL(import.meta.resolve('fitwise/worker'));
 * setWorkerFactory(() => new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 512 } }));
 */
export function setWorkerFactory(createWorker: () => WorkerLike): void {
  factory = createWorker;
}

/** @throws UnsupportedError if the host has no workers. */
export function createWorker(): WorkerLike {
  return factory();
}

function startWorker(): WorkerLike {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  // Not one literal as below, which bundlers for the web would take for a second worker.
  if (threads !== undefined) return new threads.Worker(new URL('../worker.js', here));
  if (typeof Worker !== 'function') {
    throw new UnsupportedError({
      action: 'start a worker',
      rule: 'the host must have Web Workers or node:worker_threads',
      repair: 'use nJobs 1',
    });
  }
  return new Worker(new URL('../worker.js', import.meta.url), { type: 'module' });
}
