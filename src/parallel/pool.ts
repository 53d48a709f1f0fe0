import { warn } from '../errors/index.ts';
import { countCores } from './count-jobs.ts';
import { type SharedData, SharedStore } from './shared-store.ts';
import { type Ended, Thread } from './thread.ts';
import { createWorker } from './worker-factory.ts';

/**
 * The workers of this process. They are started when first needed, at most one per core or as many as the most
 * demanding call asks for, are used by all calls in turn, and stay for the next call.
 */
class Pool {
  readonly #threads = new Set<Thread>();
  readonly #idle: Thread[] = [];
  readonly #waiting: { give(thread: Thread): void; refuse(error: unknown): void }[] = [];
  readonly #store = new SharedStore(key => {
    for (const thread of this.#threads) thread.forget(key);
  });
  #most = countCores();

  /** The value as the workers will get it; whoever takes it lowers `users` when done. */
  share(value: unknown): SharedData {
    return this.#store.use(value);
  }

  /** A free worker, as soon as there is one; `jobs` is how many the caller uses at a time. */
  acquire(jobs: number): Promise<Thread> {
    this.#most = Math.max(this.#most, jobs);
    return new Promise((give, refuse) => {
      this.#waiting.push({ give, refuse });
      this.#serve();
    });
  }

  /** Up to `most` workers that wait for work, at once. */
  takeIdle(most: number): Thread[] {
    return this.#idle.splice(Math.max(0, this.#idle.length - most), most);
  }

  /** Starts up to `most` workers beyond those there are, at most one per core in all. */
  startMore(most: number): Thread[] {
    return Array.from({ length: Math.max(0, Math.min(most, countCores() - this.#threads.size)) }, () => this.#start());
  }

  release(thread: Thread): void {
    if (!thread.hasEnded) this.#idle.push(thread);
    this.#serve();
  }

  /** Ends all workers, and their tasks with them, and lets go of the shared memory. */
  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    this.#store.clear();
    await Promise.all(threads.map(thread => thread.end(POOL_CLOSED)));
  }

  #serve(): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#threads.size < this.#most)) {
      const { give, refuse } = this.#waiting.shift()!;
      try {
        give(this.#idle.pop() ?? this.#start());
      } catch (error) {
        refuse(error);
      }
    }
  }

  #start(): Thread {
    const thread = new Thread(createWorker(), ended => this.#lose(thread, ended));
    this.#threads.add(thread);
    return thread;
  }

  /** Nobody waits for an idle worker, so that its end would otherwise pass in silence. */
  #lose(thread: Thread, { cause }: Ended): void {
    const wasOurs = this.#threads.delete(thread);
    const at = this.#idle.indexOf(thread);
    if (at >= 0) this.#idle.splice(at, 1);
    if (wasOurs && at >= 0) {
      warn({ kind: 'user', source: 'workers', message: `an idle worker ended, received ${showCause(cause)}` });
    }
    this.#serve();
  }
}

/** Why workers end that {@link Pool.close} ends. */
export const POOL_CLOSED = new Error('the pool was closed');

/** Why a worker ended, as it reads inside a sentence. */
export function showCause(cause: unknown): string {
  if (typeof cause === 'number') return `exit code ${cause}`;
  return String(cause);
}

export const pool = new Pool();
