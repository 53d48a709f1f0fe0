import { step, type Work, waitFor } from '../work/index.ts';
import { countJobs } from './count-jobs.ts';
import { isInWorker } from './in-worker.ts';
import type { MapOptions, Task } from './task.ts';

/**
 * Runs `task` for each payload on up to `nJobs` workers; results come in the order of the payloads and do not
 * depend on the number of workers. If payloads fail, the error is that of the first of them, as inline.
 *
 * @throws InvalidParamError if `nJobs` is 0 or not a whole number.
 * @throws WorkerError if a worker ends before it has finished its task.
 * @throws UnsupportedError if payloads, shared data or results cannot cross threads, or the host has no workers.
 */
export function* mapTasks<P, S, R>(task: Task<P, S, R>, payloads: readonly P[], options: MapOptions<S, R>): Work<R[]> {
  const jobs = Math.min(countJobs(options.nJobs), payloads.length);
  if (isInWorker() || jobs <= 1) return yield* mapInline(task, payloads, options);
  return yield* waitFor(async (signal, report) => {
    const { mapInPool } = await import('./map-in-pool.ts');
    return mapInPool(task, payloads, { ...options, jobs, signal, report });
  });
}

function* mapInline<P, S, R>(
  { run }: Task<P, S, R>,
  payloads: readonly P[],
  { shared, label, onResult }: MapOptions<S, R>,
): Work<R[]> {
  const results: R[] = [];
  for (const [index, payload] of payloads.entries()) {
    yield step(label, index, payloads.length);
    const result = yield* run(payload, shared);
    results.push(result);
    onResult?.(index, result);
  }
  yield step(label, payloads.length, payloads.length);
  return results;
}
