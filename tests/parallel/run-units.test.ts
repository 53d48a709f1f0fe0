import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { captureWarnings, WorkerError } from '../../src/errors/index.ts';
import { gramWork, matmulWork } from '../../src/kernels/index.ts';
import { closePool, setThreads, setWorkerFactory } from '../../src/parallel/index.ts';
import { drive, runSync, type Work } from '../../src/work/index.ts';
import { useTestWorker } from '../helpers/worker.ts';

const A = wave(600, 400);
const B = wave(400, 500);
const expected = bitsOf(runSync(matmulWork(A, B)));

beforeAll(() => warmUp());
afterEach(() => setThreads(null));
afterAll(closePool);

/** Workers are started when enough was done without them. */
async function warmUp(threads = 3): Promise<void> {
  setThreads(threads);
  const square = wave(500, 500);
  for (let k = 0; k < 5; k++) await drive(matmulWork(square, square));
}

/** What a driver sees: how many checkpoints the caller's own thread came to, and how often it waited. */
async function watch<T>(work: Work<T>): Promise<{ result: T; steps: number; waits: number }> {
  let [steps, waits] = [0, 0];
  function* counted(): Work<T> {
    let state = work.next();
    while (!state.done) {
      if ('pending' in state.value) waits++;
      else steps++;
      state = work.next(yield state.value);
    }
    return state.value;
  }
  return { result: await drive(counted()), steps, waits };
}

/** The same work, with something done before its n-th checkpoint; a product of 900 x 900 packs columns at more than 30. */
function* beforeCheckpoint<T>(n: number, work: Work<T>, act: () => void): Work<T> {
  let at = 0;
  try {
    let state = work.next();
    while (!state.done) {
      if (++at === n) act();
      state = work.next(yield state.value);
    }
    return state.value;
  } finally {
    work.return(undefined as T);
  }
}

test.each([1, 2, 3])('a product on up to %i threads is the product without promises, to the bit', async threads => {
  setThreads(threads);
  for (let k = 0; k < 5; k++) expect(bitsOf(await drive(matmulWork(A, B)))).toBe(expected);
  expect(bitsOf(await drive(gramWork(A)))).toBe(bitsOf(runSync(gramWork(A))));
  const thin = wave(9000, 7);
  expect(bitsOf(await drive(gramWork(thin)))).toBe(bitsOf(runSync(gramWork(thin))));
});

test('large products call for helpers; small ones, and those of one thread, wait for nobody', async () => {
  expect((await watch(matmulWork(A, B))).waits).toBeGreaterThan(0);
  expect((await watch(matmulWork(wave(50, 50), wave(50, 50)))).waits).toBe(0);
  setThreads(1);
  expect((await watch(matmulWork(A, B))).waits).toBe(0);
});

test('helpers take a part of the units', async () => {
  setThreads(1);
  const whole = await watch(matmulWork(A, B));
  setThreads(2);
  let least = whole.steps;
  // Workers take as long to start as the machine lets them.
  for (let k = 0; k < 2000 && least >= whole.steps; k++) least = (await watch(matmulWork(A, B))).steps;
  expect(least).toBeLessThan(whole.steps);
});

test('products at the same time share the helpers and stay apart', async () => {
  const products = await Promise.all(Array.from({ length: 6 }, () => drive(matmulWork(A, B))));
  for (const product of products) expect(bitsOf(product)).toBe(expected);
});

test('an aborted product rejects with the reason, and its memory is lent on only when helpers have left it', async () => {
  const large = wave(900, 900);
  for (let k = 0; k < 20; k++) {
    const abort = new AbortController();
    const work = beforeCheckpoint(k + 1, matmulWork(large, large), () => abort.abort(new Error('enough')));
    await expect(drive(work, { signal: abort.signal })).rejects.toThrow('enough');
    expect(bitsOf(await drive(matmulWork(A, B)))).toBe(expected);
  }
});

test('a product whose helper is ended while it works rejects, or is whole, and the next one is', async () => {
  for (let k = 0; k < 10; k++) {
    const call = drive(matmulWork(A, B)).catch((error: unknown) => error);
    await new Promise<void>(resolve => setImmediate(resolve));
    await closePool();
    const outcome = await call;
    if (outcome instanceof Matrix) expect(bitsOf(outcome)).toBe(expected);
    else {
      expect(outcome).toBeInstanceOf(WorkerError);
      expect((outcome as Error).message).toBe(
        'Cannot share a computation with a worker: the worker must live until it has finished, received Error: the pool was closed',
      );
    }
    expect(bitsOf(await drive(matmulWork(A, B)))).toBe(expected);
    await warmUp(2);
  }
});

test('where no worker can be started, the result is the same on one thread, and one warning says so', async () => {
  await closePool();
  setWorkerFactory(() => {
    throw new Error('no workers here');
  });
  const { warnings } = await captureWarnings(() => warmUp());
  expect(bitsOf(await drive(matmulWork(A, B)))).toBe(expected);
  useTestWorker();
  expect(warnings).toEqual([
    {
      kind: 'user',
      source: 'workers',
      message: 'large products run on one thread, because no worker could be started, received Error: no workers here',
    },
  ]);
});

test('where threads cannot share memory, the result is the same on one', async () => {
  vi.resetModules();
  vi.stubGlobal('crossOriginIsolated', false);
  const kernels = await import('../../src/kernels/index.ts');
  const { result, waits } = await watch(kernels.matmulWork(A, B));
  vi.unstubAllGlobals();
  expect(waits).toBe(0);
  expect(bitsOf(result)).toBe(expected);
});

test('setThreads refuses what is no count', () => {
  expect(() => setThreads(0)).toThrow(
    'Cannot set the number of threads: count must be null or a whole number from 1 up, received 0',
  );
  expect(() => setThreads(1.5)).toThrow('received 1.5');
});

/** A hash, because element by element large matrices are compared slowly. */
function bitsOf({ data }: Matrix): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}

function wave(rows: number, columns: number): Matrix {
  return Matrix.zeros(rows, columns).map((_, i, j) => Math.sin(1 + i * 12.9898 + j * 78.233));
}
