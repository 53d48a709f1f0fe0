import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, expect, test } from 'vitest';
import { captureWarnings, WorkerError } from '../../src/errors/index.ts';
import { closePool, mapTasks, registerModule, setWorkerFactory, type Task } from '../../src/parallel/index.ts';
import { drive, type RunOptions } from '../../src/work/index.ts';
import { die, dieLater, hang, sleep, spin, whoRuns } from './toy-tasks.mjs';

registerModule(new URL('./toy-tasks.mjs', import.meta.url));
const script = new URL('../../build/worker/entry.js', import.meta.url);
const createWorker = () => new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
setWorkerFactory(createWorker);
afterEach(() => setWorkerFactory(createWorker));
afterAll(closePool);

function map<P, S, R>(task: Task<P, S, R>, payloads: readonly P[], shared: S, options?: RunOptions) {
  return drive(mapTasks(task, payloads, { shared, nJobs: 2, label: 'toys' }), options);
}

async function failure(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => expect.unreachable('the call must reject'),
    (error: Error) => error,
  );
}

test('a task that ends its process rejects with a sentence that names it, and the worker is replaced', async () => {
  const error = await failure(map(die, [null, 'exit', null], null));
  expect(error).toBeInstanceOf(WorkerError);
  expect(error.message).toBe(
    "Cannot run task 'toy/die' for payload 1: its worker must live until it has finished, received exit code 3",
  );
  expect(await map(die, [null, null, null], null)).toEqual(['alive', 'alive', 'alive']);
});

test('a task that runs out of memory rejects, and says what helps', async () => {
  const error = await failure(map(die, ['memory', null], null));
  expect(error.message).toBe(
    "Cannot run task 'toy/die' for payload 0: its worker must live until it has finished, received " +
      'Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated due to reaching memory limit: JS heap out of memory; ' +
      'use fewer workers (nJobs), or give them more memory with setWorkerFactory',
  );
  expect(error.cause).toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
  expect(await map(die, [null, null], null)).toEqual(['alive', 'alive']);
});

test.each([
  ['timer', 'in a timer'],
  ['rejection', 'nobody caught this'],
] as const)('an error that nobody catches (%s) rejects with that error as the cause', async (fault, message) => {
  const error = await failure(map(die, [fault, null], null));
  expect(error.message).toBe(
    "Cannot run task 'toy/die' for payload 0: its worker must live until it has finished, received " +
      `RangeError: ${message}`,
  );
  expect(error.cause).toMatchObject({ name: 'RangeError', message });
});

test('a worker whose script cannot be loaded rejects the call, and is started once per lane only', async () => {
  await closePool();
  let started = 0;
  setWorkerFactory(() => {
    started++;
    return new Worker(new URL('./no-such-file.js', import.meta.url));
  });
  const error = await failure(map(die, [null, null, null, null, null, null], null));
  expect(error.message).toMatch(
    /^Cannot run task 'toy\/die' for payload 0: its worker must start, received Error.*: Cannot find module .*; name a script that can be loaded here with setWorkerFactory$/,
  );
  expect(started).toBe(2);
});

test('a host without workers rejects with the error of the factory', async () => {
  await closePool();
  setWorkerFactory(() => {
    throw new Error('no workers here');
  });
  await expect(map(die, [null, null], null)).rejects.toThrow('no workers here');
});

test('siblings of a task whose worker dies finish first, where they come before it', async () => {
  const seen: number[] = [];
  const slow = { ...die, run: die.run };
  const work = mapTasks(slow, ['exit', null], { shared: null, nJobs: 2, label: 'toys', onResult: i => seen.push(i) });
  await failure(drive(work));
  const calls = await Promise.allSettled([map(die, ['exit', null], null), map(sleep, [30, 40, 50], null)]);
  expect(calls[0]).toMatchObject({ status: 'rejected' });
  expect(calls[1]).toEqual({ status: 'fulfilled', value: [30, 40, 50] });
});

test('a worker that dies while idle warns and is replaced', async () => {
  const { result, warnings } = await captureWarnings(async () => {
    const ids = await map(dieLater, [null, null], null);
    await new Promise<void>(resolve => setTimeout(resolve, 300));
    const others = await map(whoRuns, [0, 0], {});
    return { ids, others: others.map(({ threadId }) => threadId) };
  });
  expect(warnings).toContainEqual({
    kind: 'user',
    source: 'workers',
    message: 'an idle worker ended, received exit code 4',
  });
  for (const id of result.others) expect(result.ids).not.toContain(id);
});

test('abort rejects with the reason of the signal and stops tasks at a checkpoint, which keep their workers', async () => {
  await closePool();
  const before = (await map(whoRuns, [0, 0, 0, 0], {})).map(({ threadId }) => threadId);
  const abort = new AbortController();
  const call = map(spin, [null, null], null, { signal: abort.signal });
  setTimeout(() => abort.abort(new Error('enough')), 50);
  await expect(call).rejects.toThrow('enough');
  const after = (await map(whoRuns, [0, 0, 0, 0], {})).map(({ threadId }) => threadId);
  for (const id of after) expect(before).toContain(id);
});

test('abort ends the workers of tasks that reach no checkpoint, and the next call gets new ones', async () => {
  const abort = new AbortController();
  const call = map(hang, [null, null], null, { signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(await map(die, [null, null, null], null)).toEqual(['alive', 'alive', 'alive']);
});

test('a signal that has aborted before starts nothing', async () => {
  await expect(map(hang, [null, null], null, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test('closePool ends running tasks, whose calls reject', async () => {
  const call = failure(map(hang, [null, null], null));
  await new Promise<void>(resolve => setTimeout(resolve, 50));
  await closePool();
  expect((await call).message).toMatch(/received Error: the pool was closed/);
  expect(await map(die, [null, null], null)).toEqual(['alive', 'alive']);
});
