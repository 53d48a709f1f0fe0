import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { Matrix } from '../../src/array/index.ts';
import { closePool, type Room, setThreads, startRoom, touchPages } from '../../src/parallel/index.ts';
import { hasCome, leave, makeSigns } from '../../src/parallel/touch-pages.ts';
import { StandardScaler } from '../../src/preprocessing/index.ts';
import { drive, runSync, type Work } from '../../src/work/index.ts';
import '../helpers/worker.ts';

afterEach(() => setThreads(null));
afterAll(closePool);

/** The fewest doubles that get room. */
const LENGTH = 2 ** 22;

function* takeFrom(room: Room): Work<Float64Array> {
  return yield* room.take();
}

/** Workers are started when enough was done without them, and are free when they have answered. */
async function start(length = LENGTH): Promise<Room> {
  setThreads(2);
  for (;;) {
    const room = await drive(startRoom(length));
    if (room !== undefined) return room;
    await new Promise<void>(resolve => setImmediate(resolve));
  }
}

function expectZeros(room: Float64Array, length = LENGTH): void {
  expect(room.length).toBe(length);
  expect(room.buffer).toBeInstanceOf(ArrayBuffer);
  expect(room.every(value => value === 0)).toBe(true);
}

test('room is as many zeros as were asked for, whether or not the worker has come by then', async () => {
  for (let k = 0; k < 4; k++) {
    const room = await start(LENGTH + k);
    expectZeros(await drive(takeFrom(room)), LENGTH + k);
  }
});

test('room that nobody takes is left, and the worker is free for the next', async () => {
  for (let k = 0; k < 5; k++) (await start()).leave();
  expectZeros(await drive(takeFrom(await start())));
});

test('room of a worker that has ended is made by the caller', async () => {
  const room = await start();
  await closePool();
  expectZeros(await drive(takeFrom(room)));
});

test('no room is made for small results, on one thread, without promises, and where threads cannot share memory', async () => {
  (await start()).leave();
  expect(await drive(startRoom(LENGTH - 1))).toBeUndefined();
  expect(runSync(startRoom(LENGTH))).toBeUndefined();
  vi.stubGlobal('crossOriginIsolated', false);
  expect(await drive(startRoom(LENGTH))).toBeUndefined();
  vi.unstubAllGlobals();
  setThreads(1);
  expect(await drive(startRoom(LENGTH))).toBeUndefined();
});

test('touchPages says that it has come, and touches nothing once the caller wants the room', () => {
  const signs = makeSigns();
  expect(hasCome(signs)).toBe(false);
  expect(touchPages(1000, signs)).toEqual(new Float64Array(1000));
  expect(hasCome(signs)).toBe(true);
  leave(signs);
  expect(touchPages(1000, signs).length).toBe(0);
});

test('fitTransform gives the same in room that a worker made', async () => {
  const X = Matrix.zeros(LENGTH / 8, 8).map((_, i, j) => Math.sin(1 + i * 12.9898 + j * 78.233));
  (await start()).leave();
  const plain = runSync(new StandardScaler().fitTransformWork(X)) as Matrix;
  for (let k = 0; k < 3; k++) {
    const { data } = await new StandardScaler().fitTransform(X);
    expect(data.length).toBe(LENGTH);
    expect(data.every((value, at) => value === plain.data[at])).toBe(true);
  }
});
