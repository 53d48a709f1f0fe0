import { expect, test } from 'vitest';
import {
  drive,
  MAX_OPS,
  type ProgressEvent,
  runSync,
  step,
  type Work,
  waitFor,
  withoutProgress,
} from '../../src/work/index.ts';
import { refusal } from '../helpers/refusal.ts';

interface Log {
  steps: number;
  isClosed: boolean;
}

/** Counts its steps, says when it is closed, and gives how many there were. */
function* counting(steps: number, log: Log = { steps: 0, isClosed: false }): Work<number> {
  try {
    for (let i = 1; i <= steps; i++) {
      log.steps++;
      yield step('count', i, steps, 1);
    }
    return log.steps;
  } finally {
    log.isClosed = true;
  }
}

test('drive and runSync give the result of the work', async () => {
  expect(await drive(counting(5))).toBe(5);
  expect(runSync(counting(5))).toBe(5);
});

test('drive: the first and the last progress are always told, those between at leisure', async () => {
  const events: ProgressEvent[] = [];
  await drive(counting(50_000), { onProgress: event => events.push(event) });
  expect(events[0]).toEqual({ type: 'step', task: 'count', done: 1, total: 50_000 });
  expect(events.at(-1)).toEqual({ type: 'step', task: 'count', done: 50_000, total: 50_000 });
  expect(events.length).toBeLessThan(5_000);
});

test('drive: each task has its own first and last', async () => {
  function* both(): Work<void> {
    for (let i = 1; i <= 3; i++) {
      yield step('a', i, 3);
      yield step('b', i, 3);
    }
  }
  const told: string[] = [];
  await drive(both(), { onProgress: ({ task, done }) => told.push(`${task}${done}`) });
  expect(told).toEqual(['a1', 'b1', 'a3', 'b3']);
});

test('drive stops at the checkpoint behind an abort, with the reason, and closes the work', async () => {
  const log = { steps: 0, isClosed: false };
  const controller = new AbortController();
  const reason = new Error('enough');
  const onProgress = () => controller.abort(reason);
  await expect(drive(counting(10, log), { signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(log).toEqual({ steps: 2, isClosed: true });
});

test('drive does not begin under a signal that is aborted already', async () => {
  const log = { steps: 0, isClosed: false };
  await expect(drive(counting(10, log), { signal: AbortSignal.abort('no') })).rejects.toBe('no');
  expect(log.steps).toBe(0);
});

test('drive: an abort from a turn of the event loop arrives while the work runs', async () => {
  const controller = new AbortController();
  function* endless(): Work<never> {
    for (;;) yield { ops: 1 };
  }
  setImmediate(() => controller.abort(new Error('from outside')));
  await expect(drive(endless(), { signal: controller.signal })).rejects.toThrow('from outside');
});

test('drive: an error of onProgress ends the call and closes the work', async () => {
  const log = { steps: 0, isClosed: false };
  const onProgress = () => {
    throw new Error('no terminal');
  };
  await expect(drive(counting(10, log), { onProgress })).rejects.toThrow('no terminal');
  expect(log).toEqual({ steps: 1, isClosed: true });
});

test('drive: an error of the work is the call’s', async () => {
  function* failing(): Work<void> {
    yield { ops: 1 };
    throw new Error('half-way');
  }
  await expect(drive(failing())).rejects.toThrow('half-way');
  expect(() => runSync(failing())).toThrow('half-way');
});

test('drive serves what work waits for; its failure can be caught inside the work', async () => {
  function* waiting(): Work<string> {
    const first = yield* waitFor(async () => 'one');
    try {
      yield* waitFor(async () => {
        throw new Error('two');
      });
    } catch (error) {
      return `${first}, ${(error as Error).message}`;
    }
    return 'not caught';
  }
  expect(await drive(waiting())).toBe('one, two');
});

test('what work waits for is given the signal and a way to report', async () => {
  const { signal } = new AbortController();
  const told: ProgressEvent[] = [];
  const event: ProgressEvent = { type: 'start', task: 'pool', done: 0 };
  function* waiting(): Work<boolean> {
    return yield* waitFor(async (given, report) => {
      report(event);
      return given === signal;
    });
  }
  expect(await drive(waiting(), { signal, onProgress: one => told.push(one) })).toBe(true);
  expect(told).toEqual([event]);
});

test('runSync refuses to wait, and closes the work', async () => {
  const log = { steps: 0, isClosed: false };
  function* waiting(): Work<void> {
    try {
      yield* waitFor(async () => 1);
    } finally {
      log.isClosed = true;
    }
  }
  expect(await refusal(() => runSync(waiting()))).toBe(
    'UnsupportedError: Cannot run without promises: the work must not wait for other threads or a GPU; use the asynchronous method, or nJobs 1',
  );
  expect(log.isClosed).toBe(true);
});

test('withoutProgress keeps operations, results and waiting, and leaves the progress out', async () => {
  function* whole(): Work<number> {
    const count = yield* counting(3);
    return (
      count +
      (yield* waitFor(async (_, report) => {
        report({ type: 'step', task: 'inner', done: 1 });
        return 10;
      }))
    );
  }
  const told: unknown[] = [];
  expect(await drive(withoutProgress(whole()), { onProgress: event => told.push(event) })).toBe(13);
  expect(told).toEqual([]);
  expect([...withoutProgress(counting(2))]).toEqual([{ ops: 1 }, { ops: 1 }]);
});

test('MAX_OPS is a blink: 2^22', () => {
  expect(MAX_OPS).toBe(4_194_304);
});

test('drive: a chain of short calls lets the event loop turn', async () => {
  function* little(): Work<void> {
    yield { ops: 1 };
  }
  let hasTurned = false;
  setImmediate(() => {
    hasTurned = true;
  });
  for (let calls = 0; calls < 2_000_000 && !hasTurned; calls++) await drive(little());
  expect(hasTurned).toBe(true);
});
