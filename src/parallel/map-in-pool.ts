import { type Warning, WorkerError, warn } from '../errors/index.ts';
import type { ProgressEvent } from '../work/index.ts';
import { registeredModules } from './modules.ts';
import { pool, showCause } from './pool.ts';
import { noteLeaving } from './run-units.ts';
import type { SharedData } from './shared-store.ts';
import type { MapOptions, Task } from './task.ts';
import type { Ended, Outcome, Thread } from './thread.ts';
import { decode, encode } from './wire.ts';
import { decodeError } from './wire-error.ts';

export interface PoolOptions<S, R> extends MapOptions<S, R> {
  readonly jobs: number;
  readonly signal: AbortSignal | undefined;
  readonly report: (event: ProgressEvent) => void;
}

/** Runs `task` for each payload on `jobs` workers; see `mapTasks`. */
export async function mapInPool<P, S, R>(
  task: Task<P, S, R>,
  payloads: readonly P[],
  options: PoolOptions<S, R>,
): Promise<R[]> {
  options.signal?.throwIfAborted();
  const shared = pool.share(options.shared);
  try {
    return await new PoolCall(task, payloads, shared, options).settled;
  } finally {
    shared.users--;
  }
}

/**
 * One call. `jobs` lanes take payloads one by one, in order. When payload i fails, those after it are stopped or never
 * begun, but those before it, all of them begun, run on, since one of them may fail too and then is the first.
 */
class PoolCall<P, S, R> {
  readonly settled: Promise<R[]>;
  readonly #task: Task<P, S, R>;
  readonly #payloads: readonly P[];
  readonly #shared: SharedData;
  readonly #options: PoolOptions<S, R>;

  readonly #results: R[] = [];
  readonly #warnings: (readonly Warning[])[] = [];
  readonly #begun = new Set<number>();
  readonly #running = new Map<number, Thread>();
  readonly #outcomes = new Map<number, Promise<Outcome>>();
  #next = 0;
  #done = 0;
  #nextWarned = 0;
  #failure: { index: number; error: unknown } | undefined;
  #isOver = false;
  #resolve!: (results: R[]) => void;
  #reject!: (error: unknown) => void;

  constructor(task: Task<P, S, R>, payloads: readonly P[], shared: SharedData, options: PoolOptions<S, R>) {
    this.#task = task;
    this.#payloads = payloads;
    this.#shared = shared;
    this.#options = options;
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    options.signal?.addEventListener('abort', this.#onAbort);
    this.#report();
    for (let lane = 0; lane < options.jobs; lane++) void this.#lane();
  }

  async #lane(): Promise<void> {
    while (this.#next < this.#payloads.length && this.#failure === undefined && !this.#isOver) {
      const index = this.#next++;
      this.#begun.add(index);
      try {
        await this.#runOne(index);
      } catch (error) {
        this.#fail(index, error);
      }
      this.#begun.delete(index);
      this.#settle();
    }
  }

  async #runOne(index: number): Promise<void> {
    const payload = encode(this.#payloads[index], 'payload');
    const thread = await pool.acquire(this.#options.jobs);
    if (this.#isMoot(index)) return pool.release(thread);
    this.#running.set(index, thread);
    const request = { type: 'run', task: this.#task.id, payload, shared: this.#shared.key } as const;
    const running = thread.run({ ...request, modules: registeredModules() }, this.#shared);
    this.#outcomes.set(index, running);
    const outcome = await running;
    this.#outcomes.delete(index);
    this.#running.delete(index);
    pool.release(thread);
    if (!this.#isMoot(index)) this.#take(index, outcome);
  }

  /** Whether the call no longer wants to know what becomes of a payload. */
  #isMoot(index: number): boolean {
    return this.#isOver || (this.#failure !== undefined && this.#failure.index < index);
  }

  #take(index: number, outcome: Outcome): void {
    if (outcome.type === 'ended') throw this.#lostWorker(index, outcome);
    this.#warnings[index] = outcome.warnings;
    if (outcome.type === 'fail') throw decodeError(outcome.error);
    const result = decode(outcome.result) as R;
    this.#results[index] = result;
    this.#done++;
    this.#report();
    this.#options.onResult?.(index, result);
  }

  #fail(index: number, error: unknown): void {
    if (this.#isMoot(index)) return;
    this.#failure = { index, error };
    this.#abortAfter(index);
  }

  #abortAfter(index: number): void {
    for (const [other, thread] of this.#running) if (other > index) thread.abort();
  }

  #settle(): void {
    if (this.#isOver) return;
    try {
      this.#warnInOrder();
    } catch (error) {
      this.#stop(error);
      return;
    }
    const failure = this.#failure;
    if (failure !== undefined && ![...this.#begun].some(index => index < failure.index)) {
      this.#end(() => this.#reject(failure.error));
    } else if (this.#done === this.#payloads.length) {
      this.#end(() => this.#resolve(this.#results));
    }
  }

  /** Raises the warnings of each payload after those of all payloads before it, up to the failed one. */
  #warnInOrder(): void {
    const last = this.#failure?.index ?? Infinity;
    for (; this.#nextWarned <= last && this.#warnings[this.#nextWarned] !== undefined; this.#nextWarned++) {
      this.#warnings[this.#nextWarned]!.forEach(warn);
    }
  }

  readonly #onAbort = (): void => this.#stop(this.#options.signal?.reason);

  /** Rejects at once, whatever still runs. */
  #stop(error: unknown): void {
    this.#end(() => this.#reject(error));
    this.#abortAfter(-1);
  }

  #end(tell: () => void): void {
    this.#isOver = true;
    const { memory } = this.#options;
    if (memory !== undefined && this.#outcomes.size > 0) noteLeaving(memory, Promise.all(this.#outcomes.values()));
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    tell();
  }

  #report(): void {
    const { label, report } = this.#options;
    report({ type: 'step', task: label, done: this.#done, total: this.#payloads.length });
  }

  #lostWorker(index: number, { hasStarted, cause }: Ended): Error {
    const error = new WorkerError({
      action: `run task '${this.#task.id}' for payload ${index}`,
      rule: hasStarted ? 'its worker must live until it has finished' : 'its worker must start',
      received: showCause(cause),
      ...repairOf(hasStarted, cause),
    });
    error.cause = cause;
    return error;
  }
}

function repairOf(hasStarted: boolean, cause: unknown): { repair?: string } {
  if ((cause as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { repair: 'use fewer workers (nJobs), or give them more memory with setWorkerFactory' };
  }
  return hasStarted ? {} : { repair: 'name a script that can be loaded here with setWorkerFactory' };
}
