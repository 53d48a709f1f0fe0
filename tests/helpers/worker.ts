/** Tests run the sources, but workers need the bundled script: Node 20 starts no `.ts` file. */
import { Worker } from 'node:worker_threads';
import { setWorkerFactory } from '../../src/parallel/index.ts';

const script = new URL('../../build/worker/entry.js', import.meta.url);

/** Undoes what a test did to how workers are made. */
export function useTestWorker(): void {
  setWorkerFactory(() => new Worker(script));
}

useTestWorker();
