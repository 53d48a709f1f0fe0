import { InvalidParamError, show } from '../errors/index.ts';
import { countCores } from './count-jobs.ts';
import { isInWorker } from './in-worker.ts';

let chosen: number | null = null;

/**
 * Sets how many threads may share one matrix product, one pass of k-means or another large piece of numeric work. Results do
 * not depend on it. Small work, work inside a worker, and pages that are not isolated from other origins (where
 * threads cannot share memory) use one thread; the parallel calls that take `nJobs` are not concerned.
 *
 * @param count A whole number from 1 up; `null`, as at the start, is one per core.
 * @throws InvalidParamError if `count` is neither.
 *
 * @example
 * import { setThreads } from 'fitwise';
 *
 * setThreads(1); // leave the other cores to others
 * setThreads(null);
 */
export function setThreads(count: number | null): void {
  if (count !== null && !(Number.isInteger(count) && count >= 1)) {
    throw new InvalidParamError({
      action: 'set the number of threads',
      rule: 'count must be null or a whole number from 1 up',
      received: show(count),
    });
  }
  chosen = count;
}

/** The threads that may share a piece of work, the caller among them. */
export function countThreads(): number {
  return isInWorker() ? 1 : Math.min(chosen ?? countCores(), MOST_THREADS);
}

/** The bits of a word, less its sign, tell which helpers have come. */
const MOST_THREADS = 32;
