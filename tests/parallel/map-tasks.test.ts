import { afterAll, expect, test, vi } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { closePool, mapTasks, registerModule, type Task } from '../../src/parallel/index.ts';
import { drive, type ProgressEvent, type RunOptions } from '../../src/work/index.ts';
import { echo, fail, sharedView, sleep, weightedSums, whoRuns } from './toy-tasks.mjs';

registerModule(new URL('./toy-tasks.mjs', import.meta.url));
afterAll(closePool);

const X = new Matrix(
  Float64Array.from({ length: 3000 }, (_, i) => Math.sin(i)),
  1000,
  3,
);

function map<P, S, R>(task: Task<P, S, R>, payloads: readonly P[], shared: S, nJobs: number, options?: RunOptions) {
  return drive(mapTasks(task, payloads, { shared, nJobs, label: 'toys' }), options);
}

test('mapTasks gives the same results in payload order for 1, 2 and 7 workers', async () => {
  const weights = Array.from({ length: 20 }, (_, i) => i / 7);
  const inline = await map(weightedSums, weights, { X }, 1);
  expect(inline).toHaveLength(20);
  expect(await map(weightedSums, weights, { X }, 2)).toStrictEqual(inline);
  expect(await map(weightedSums, weights, { X }, 7)).toStrictEqual(inline);
});

test('mapTasks gives the same results where the host has no shared memory', async () => {
  vi.stubGlobal('crossOriginIsolated', false);
  const copied = await map(weightedSums, [1, 2, 3], { X }, 2);
  const echoes = await map(echo, [1, 2], { X }, 2);
  vi.unstubAllGlobals();
  expect(echoes.map(({ isShared }) => isShared)).toEqual([false, false]);
  expect(copied).toStrictEqual(await map(weightedSums, [1, 2, 3], { X }, 1));
});

test('mapTasks gives no results for no payloads', async () => {
  expect(await map(weightedSums, [], { X }, 2)).toEqual([]);
});

test('mapTasks orders results by payload where later payloads end first', async () => {
  expect(await map(sleep, [60, 1, 30, 2], null, 2)).toEqual([60, 1, 30, 2]);
});

test('mapTasks rebuilds classes in payloads and shared data, which lie in shared memory', async () => {
  const payloads = [{ X, text: 'a', none: undefined }, [new Int8Array([1, -1]), null]];
  const [first, second] = await map(echo, payloads, { X, names: ['a', 'b'] }, 2);
  expect(first!.payload).toStrictEqual(payloads[0]);
  expect(second!.payload).toStrictEqual(payloads[1]);
  expect(first!.shared).toStrictEqual({ X, names: ['a', 'b'] });
  expect(first!.isShared).toBe(true);
});

test('mapTasks sends the same shared object once to each worker, also over several calls', async () => {
  const shared = { X };
  const calls = [await map(whoRuns, [0, 0, 0, 0], shared, 2), await map(whoRuns, [0, 0, 0, 0], shared, 2)];
  const times = new Map<number, number>();
  for (const { threadId, times: seen } of calls.flat()) {
    times.set(threadId, (times.get(threadId) ?? 0) + 1);
    expect(seen).toBeLessThanOrEqual(8);
  }
  const last = new Map(calls.flat().map(({ threadId, times: seen }) => [threadId, seen]));
  expect([...last.values()].reduce((sum, seen) => sum + seen)).toBe(8);
  expect(times).toEqual(last);
});

test('mapTasks gives results outside the shared memory, which the next call overwrites', async () => {
  const ones = { X: new Matrix(new Float64Array(6).fill(1), 2, 3) };
  const twos = { X: new Matrix(new Float64Array(6).fill(2), 2, 3) };
  const [row] = await map(sharedView, [0, 0], ones, 2);
  const [other] = await map(sharedView, [0, 0], twos, 2);
  expect([...row!]).toEqual([1, 1, 1]);
  expect([...other!]).toEqual([2, 2, 2]);
  expect(row!.buffer).toBeInstanceOf(ArrayBuffer);
});

test('mapTasks keeps the data of calls that run at the same time apart', async () => {
  const fill = (value: number) => ({ X: new Matrix(new Float64Array(300).fill(value), 100, 3) });
  const calls = [1, 2, 3].map(value => map(weightedSums, [1, 2, 3, 4, 5], fill(value), 2));
  const sums = (await Promise.all(calls)).map(results => results.map(result => result[0]));
  expect(sums).toEqual([[100, 200, 300, 400, 500], [200, 400, 600, 800, 1000], [300, 600, 900, 1200, 1500]]); // biome-ignore format: by call
});

test.each([1, 2])('mapTasks tells onProgress how many payloads are done, with %i workers', async nJobs => {
  const events: ProgressEvent[] = [];
  const results: [number, number][] = [];
  const onResult = (index: number, result: number) => results.push([index, result]);
  const work = mapTasks(sleep, [1, 2, 3], { shared: null, nJobs, label: 'toys', onResult });
  await drive(work, { onProgress: event => events.push(event) });
  expect(events[0]).toEqual({ type: 'step', task: 'toys', done: 0, total: 3 });
  expect(events.at(-1)).toEqual({ type: 'step', task: 'toys', done: 3, total: 3 });
  expect(results.sort()).toEqual([[0, 1], [1, 2], [2, 3]]); // biome-ignore format: pairs
});

test('mapTasks rebuilds errors with class, code and cause', async () => {
  const thrown = (kind: 'code' | 'cause' | 'unknown' | 'a string') =>
    map(
      fail,
      [
        { ms: 0, kind },
        { ms: 0, kind: null },
      ],
      null,
      2,
    ).catch((error: unknown) => error);
  const code = await thrown('code');
  expect(code).toBeInstanceOf(TypeError);
  expect(code).toMatchObject({ message: 'not a number', code: 'E_TOY' });
  expect((code as Error).stack).toContain('toy-tasks.mjs');
  expect(await thrown('cause')).toMatchObject({ name: 'RangeError', cause: { name: 'SyntaxError', message: 'inner' } });
  expect(await thrown('unknown')).toMatchObject({ name: 'ToyError', message: 'strange' });
  expect(await thrown('a string')).toMatchObject({ name: 'Error', message: 'a string' });
});

test('mapTasks rejects with the error of the first payload that fails, also where a later one fails sooner', async () => {
  const payloads = [
    { ms: 1, kind: null },
    { ms: 80, kind: 'cause' },
    { ms: 1, kind: 'code' },
  ] as const;
  for (const nJobs of [1, 3]) await expect(map(fail, payloads, null, nJobs)).rejects.toThrow(RangeError);
});

test('mapTasks refuses payloads that cannot cross threads, and tasks that workers do not know', async () => {
  await expect(map(echo, [1, { f: Math.abs }], null, 2)).rejects.toThrow('payload.f must be plain data');
  await expect(map(echo, [1, 2], { f: Math.abs }, 2)).rejects.toThrow('shared.f must be plain data');
  await expect(map({ ...echo, id: 'toy/unknown' }, [1, 2], null, 2)).rejects.toThrow(
    "internal: workers know no task 'toy/unknown'",
  );
});

test('mapTasks rejects with the error of onResult', async () => {
  const onResult = () => {
    throw new Error('from onResult');
  };
  const work = mapTasks(sleep, [1, 1], { shared: null, nJobs: 2, label: 'toys', onResult });
  await expect(drive(work)).rejects.toThrow('from onResult');
});
