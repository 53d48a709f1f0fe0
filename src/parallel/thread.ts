import type { AssistRequest, Reply, Request, RunReply, RunRequest } from './messages.ts';
import type { SharedData } from './shared-store.ts';
import type { KernelInstance } from './units.ts';
import type { WorkerLike } from './worker-factory.ts';

/** A worker is no more. */
export interface Ended {
  readonly type: 'ended';
  /** Whether its script had loaded. */
  readonly hasStarted: boolean;
  /** An error that nobody caught, or an exit code. */
  readonly cause: unknown;
}

export type Outcome = RunReply | Ended;

/** A task that was told to stop and has not reached a checkpoint by then loses its worker. */
const GRACE_MS = 2000;

/** One worker, running one task at a time; it keeps the process alive only while it does. */
export class Thread {
  readonly #worker: WorkerLike;
  readonly #onEnd: (ended: Ended) => void;
  readonly #keys = new Set<number>();
  readonly #kernels = new Set<number>();
  /** Of what was asked and not answered yet, in order: a task alone, or calls to help. */
  readonly #settle: ((outcome: Outcome) => void)[] = [];
  #grace: ReturnType<typeof setTimeout> | undefined;
  #hasStarted = false;
  #ended: Ended | undefined;

  constructor(worker: WorkerLike, onEnd: (ended: Ended) => void) {
    this.#worker = worker;
    this.#onEnd = onEnd;
    listen(
      worker,
      reply => this.#take(reply),
      cause => void this.end(cause),
    );
    setRef(worker, false);
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Sends `shared` if the worker lacks it, then the task; never rejects. */
  async run(request: RunRequest, shared: SharedData): Promise<Outcome> {
    if (this.#ended !== undefined) return this.#ended;
    shared.users++;
    if (!this.#keys.has(shared.key)) {
      this.#keys.add(shared.key);
      this.#post({ type: 'share', key: shared.key, value: shared.wire });
    }
    const outcome = await this.#ask(request);
    shared.users--;
    return outcome;
  }

  /** Whether a kernel was sent. */
  knows(kernel: number): boolean {
    return this.#kernels.has(kernel);
  }

  /** Sends `kernel` if the worker lacks it, then the worker to a board; never rejects. */
  async assist(request: AssistRequest, kernel: KernelInstance): Promise<Outcome> {
    if (this.#ended !== undefined) return this.#ended;
    if (!this.#kernels.has(kernel.key)) {
      this.#kernels.add(kernel.key);
      this.#post({ type: 'kernel', ...kernel });
    }
    return this.#ask(request);
  }

  #ask(request: RunRequest | AssistRequest): Promise<Outcome> {
    setRef(this.#worker, true);
    this.#post(request);
    return new Promise(settle => {
      this.#settle.push(settle);
    });
  }

  /** Asks the running task to stop at its next checkpoint; where none comes, the worker is ended. */
  abort(): void {
    if (this.#settle.length === 0) return;
    this.#post({ type: 'abort' });
    this.#grace ??= setTimeout(() => void this.end(new Error('no checkpoint after abort')), GRACE_MS);
  }

  forget(key: number): void {
    if (this.#keys.delete(key)) this.#post({ type: 'forget', key });
  }

  /** Ends the worker at once, and its task with it. */
  async end(cause: unknown): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#ended = { type: 'ended', hasStarted: this.#hasStarted, cause };
    this.#finish(this.#ended);
    this.#onEnd(this.#ended);
    await this.#worker.terminate();
  }

  #take(reply: Reply): void {
    if (reply.type === 'ready') this.#hasStarted = true;
    else this.#finish(reply);
  }

  #finish(outcome: Outcome): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
    const settled = this.#settle.splice(0, outcome.type === 'ended' ? this.#settle.length : 1);
    // One that is being ended keeps the process until it is; its last replies may come in between.
    if (this.#settle.length === 0 && this.#ended === undefined) setRef(this.#worker, false);
    for (const settle of settled) settle(outcome);
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }
}

type NodeWorker = WorkerLike & { on(event: string, listener: (value: never) => void): void };

function listen(worker: WorkerLike, onReply: (reply: Reply) => void, onEnd: (cause: unknown) => void): void {
  if ('on' in worker) {
    const { on } = worker as NodeWorker;
    on.call(worker, 'message', onReply);
    on.call(worker, 'messageerror', onEnd);
    on.call(worker, 'error', onEnd);
    on.call(worker, 'exit', (code: number) => onEnd(code));
    return;
  }
  const target = worker as Worker;
  target.onmessage = event => onReply(event.data);
  target.onmessageerror = () => onEnd(new Error('a message could not be read'));
  target.onerror = event => {
    event.preventDefault();
    onEnd(event.error ?? new Error(event.message ?? 'the script could not be loaded'));
  };
}

/** Web Workers have no such methods: they end with their page. */
function setRef(worker: WorkerLike, isHeld: boolean): void {
  (worker as { ref?(): void; unref?(): void })[isHeld ? 'ref' : 'unref']?.();
}
