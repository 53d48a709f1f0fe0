import { InvalidParamError, show, UnsupportedError } from '../errors/index.ts';
import type { Checkpoint, Pending, ProgressEvent, Work } from './work.ts';

/** What every asynchronous call takes. */
export interface RunOptions {
  /** Stops the call at its next checkpoint; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** The event loop gets a turn after this many milliseconds of work. */
const SLICE_MS = 16;
/** Progress steps of one call are told at most this often; the first and the last always. */
const PROGRESS_MS = 100;

/**
 * Runs work to its end: lets the event loop breathe between checkpoints, reports progress, and stops at a
 * checkpoint when the signal aborts.
 *
 * @throws InvalidParamError on options that are none. @throws the signal's reason on abort, and whatever the work throws.
 */
export async function drive<T>(work: Work<T>, options: RunOptions = {}): Promise<T> {
  checkRunOptions(options);
  const { signal, onProgress } = options;
  const report = onProgress === undefined ? ignore : throttled(onProgress);
  try {
    signal?.throwIfAborted();
    let turned = breathe();
    if (turned !== undefined) await turned;
    signal?.throwIfAborted();
    let state = work.next();
    while (!state.done) {
      const value = state.value;
      signal?.throwIfAborted();
      if ('pending' in value) {
        state = await settle(work, () => value.pending(signal, report));
        continue;
      }
      if (value.progress !== undefined) report(value.progress);
      turned = breathe();
      if (turned !== undefined) {
        await turned;
        signal?.throwIfAborted();
      }
      state = work.next();
    }
    return state.value;
  } catch (error) {
    work.return(undefined as T);
    throw error;
  }
}

function checkRunOptions(options: RunOptions): void {
  if (typeof options !== 'object' || options === null) refuse('options must be an object', options);
  const { signal, onProgress } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) refuse('signal must be an AbortSignal', signal);
  if (onProgress !== undefined && typeof onProgress !== 'function') refuse('onProgress must be a function', onProgress);
}

function refuse(rule: string, received: unknown): never {
  throw new InvalidParamError({ action: 'start the work', rule, received: show(received) });
}

async function settle<T>(work: Work<T>, start: () => Promise<unknown>) {
  let value: unknown;
  try {
    value = await start();
  } catch (error) {
    return work.throw(error);
  }
  return work.next(value);
}

/**
 * Runs work straight through, without promises.
 *
 * @throws UnsupportedError if the work needs to wait for something (other threads, another machine).
 */
export function runSync<T>(work: Work<T>): T {
  for (;;) {
    const state: IteratorResult<Checkpoint | Pending, T> = work.next();
    if (state.done) return state.value;
    if ('pending' in state.value && state.value.isOptional !== true) {
      work.return(undefined as T);
      throw new UnsupportedError({
        action: 'run without promises',
        rule: 'the work must not wait for other threads or a GPU',
        repair: 'use the asynchronous method, or nJobs 1',
      });
    }
  }
}

function ignore(): void {}

function throttled(report: (event: ProgressEvent) => void): (event: ProgressEvent) => void {
  const last = new Map<string, number>();
  return event => {
    const now = performance.now();
    const isMiddle = event.type === 'step' && event.done !== event.total;
    if (isMiddle && now - (last.get(event.task) ?? -Infinity) < PROGRESS_MS) return;
    last.set(event.task, now);
    report(event);
  };
}

/** Milliseconds; undefined where the event loop has had a turn since the last call. */
let sliceEnd: number | undefined;

/**
 * Lets the event loop have a turn if it is due one. All calls share one slice, which ends when the loop turns: otherwise
 * a chain of short calls, each with a slice of its own, would keep it from ever turning.
 */
function breathe(): Promise<void> | undefined {
  const now = performance.now();
  if (sliceEnd !== undefined) return now >= sliceEnd ? turn() : undefined;
  sliceEnd = now + SLICE_MS;
  void turn().then(() => {
    sliceEnd = undefined;
  });
  return undefined;
}

/** One turn of the event loop; timers are not used because browsers clamp them to 4 ms. */
function turn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise(resolve => setImmediate(resolve));
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
