/**
 * Work is a generator of plain array code: it yields at checkpoints, and whoever drives it decides what happens
 * there (await, report, abort, or nothing). Work composes by `yield*`, so an algorithm, a pipeline and a search are
 * written once and run both with and without promises.
 */

/** Progress of one call, plain so that it crosses threads unchanged. */
export interface ProgressEvent {
  readonly type: 'start' | 'step' | 'end';
  /** Which part of the call speaks: `fit`, `GridSearchCV`, ... */
  readonly task: string;
  readonly done: number;
  /** Absent where the end is not known beforehand. */
  readonly total?: number;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A place where work may be paused or stopped. */
export interface Checkpoint {
  /** Element-operations since the last checkpoint, at most about 2^22. */
  readonly ops: number;
  readonly progress?: ProgressEvent;
}

/** Work that cannot go on before a promise settles; only an asynchronous driver can serve it. */
export interface Pending {
  readonly pending: StartPending<unknown>;
  /** Whether the work can do without: a driver that cannot wait then answers `undefined`. */
  readonly isOptional?: boolean;
}

/** Starts what the work waits for; meanwhile `report` takes its progress. */
export type StartPending<T> = (signal: AbortSignal | undefined, report: (event: ProgressEvent) => void) => Promise<T>;

// biome-ignore lint/suspicious/noConfusingVoidType: a generator's resumption value is void for plain checkpoints
export type Work<T> = Generator<Checkpoint | Pending, T, unknown | void>;

/** Most element-operations that may pass between two checkpoints. */
export const MAX_OPS = 2 ** 22;

/** Waits inside work for what `start` promises. */
export function* waitFor<T>(start: StartPending<T>): Work<T> {
  return (yield { pending: start }) as T;
}

/** As {@link waitFor}, or `undefined` where the driver cannot wait. */
export function* waitIfPossible<T>(start: StartPending<T>): Work<T | undefined> {
  return (yield { pending: start, isOptional: true }) as T | undefined;
}

/** Work from what may already be a plain value. */
export function asWork<T>(value: T | Work<T>): Work<T> {
  return isWork(value) ? value : done(value);
}

// biome-ignore lint/correctness/useYield: work that is done already
function* done<T>(value: T): Work<T> {
  return value;
}

function isWork<T>(value: T | Work<T>): value is Work<T> {
  return typeof value === 'object' && value !== null && typeof (value as Work<T>).next === 'function';
}

/** Yields a progress step; `ops` counts the element-operations done since the last checkpoint. */
export function step(task: string, done: number, total: number, ops = 0): Checkpoint {
  return { ops, progress: { type: 'step', task, done, total } };
}

/** The same work without its progress: of a part whose whole reports by itself. */
export function* withoutProgress<T>(work: Work<T>): Work<T> {
  let state = work.next();
  while (!state.done) {
    const value = state.value;
    try {
      state = work.next(
        yield 'pending' in value
          ? { ...value, pending: signal => value.pending(signal, () => {}) }
          : { ops: value.ops },
      );
    } catch (error) {
      state = work.throw(error);
    }
  }
  return state.value;
}
