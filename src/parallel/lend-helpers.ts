import { WorkerError, warn } from '../errors/index.ts';
import { Board, MOST_HELPERS } from './board.ts';
import { POOL_CLOSED, pool, showCause } from './pool.ts';
import { noteLeaving } from './run-units.ts';
import type { Outcome, Thread } from './thread.ts';
import type { KernelInstance, Scratches, Unit } from './units.ts';
import { decodeError } from './wire-error.ts';

/** Most boards; work beyond is done by one thread. */
const MOST_CREWS = 64;
/** A worker is started when so much was done without it that it would have paid: it takes about 100 ms to be there. */
const OPS_OF_A_START = 2 ** 27;
/** To call a worker that is not at a board takes a message: about a tenth of a millisecond of products. */
const OPS_OF_A_CALL = 2 ** 20;
/** Milliseconds after which the caller lets the event loop turn until helpers have finished their last unit. */
const SPIN_MS = 0.1;

const crews: Crew[] = [];
let opsWithout = 0;
let cannotStart = false;

/** A crew of up to `most` helpers, who take part from the next posting on; undefined where nobody is free. */
export function lendHelpers(kernel: KernelInstance, most: number, ops: number): Crew | undefined {
  const standing = crews.find(crew => !crew.isBusy && crew.knows(kernel));
  const missing = most - (standing?.size ?? 0);
  const threads = missing > 0 && ops >= OPS_OF_A_CALL ? callThreads(missing, ops) : [];
  const crew = standing ?? (threads.length > 0 ? freeCrew() : undefined);
  for (const thread of threads) {
    if (crew?.call(thread, kernel) !== true) pool.release(thread);
  }
  if (ops >= OPS_OF_A_CALL) crew?.recall(kernel);
  crew?.begin(kernel);
  return crew;
}

function callThreads(most: number, ops: number): Thread[] {
  const threads = pool.takeIdle(most);
  if (threads.length < most && !cannotStart) {
    opsWithout += ops;
    if (opsWithout >= OPS_OF_A_START) threads.push(...start(most - threads.length));
  }
  return threads;
}

function start(count: number): Thread[] {
  opsWithout = 0;
  try {
    return pool.startMore(count);
  } catch (error) {
    reportNoWorkers(error);
    return [];
  }
}

function freeCrew(): Crew | undefined {
  const free = crews.find(crew => !crew.isBusy && crew.size === 0 && !crew.hasFailed);
  if (free !== undefined || crews.length === MOST_CREWS) return free;
  const crew = new Crew();
  crews.push(crew);
  return crew;
}

/** A helper that ends before it comes has taken nothing, so that nothing is lost; but the next one would fare alike. */
function reportIfBroken(outcome: Outcome): void {
  if (outcome.type === 'fail') reportNoWorkers(decodeError(outcome.error));
  if (outcome.type === 'ended' && outcome.cause !== POOL_CLOSED) reportNoWorkers(outcome.cause);
}

/** The work is done all the same, but whoever counts on threads should know. */
function reportNoWorkers(cause: unknown): void {
  if (cannotStart) return;
  cannotStart = true;
  const message = `large products run on one thread, because no worker could be started, received ${showCause(cause)}`;
  warn({ kind: 'user', source: 'workers', message });
}

/** A worker at a board, or on its way there. */
interface Member {
  readonly thread: Thread;
  readonly helper: number;
  /** Calls that it has not answered yet: those who left the board may be called again before their answer is heard. */
  calls: number;
  outcome: Promise<Outcome>;
}

const NEVER = new Promise<Outcome>(() => {});

/** A board with the helpers that stand at it, lent to one piece of work at a time. */
export class Crew {
  readonly #board = new Board();
  readonly #members = new Set<Member>();
  #memory: WebAssembly.Memory | undefined;
  #lost: Error | undefined;
  isBusy = false;

  get size(): number {
    return this.#members.size;
  }

  /** Whether a helper ever threw. Such a crew is not lent again. */
  get hasFailed(): boolean {
    return this.#board.hasFailed;
  }

  /** Whether there are helpers, who all know a kernel. */
  knows({ key }: KernelInstance): boolean {
    return this.size > 0 && !this.hasFailed && [...this.#members].every(({ thread }) => thread.knows(key));
  }

  /** Lets a worker come; false where there is no place for one more. */
  call(thread: Thread, kernel: KernelInstance): boolean {
    const taken = new Set([...this.#members].map(member => member.helper));
    const helper = Array.from({ length: MOST_HELPERS }, (_, k) => k).find(k => !taken.has(k));
    if (helper === undefined) return false;
    const member = { thread, helper, calls: 0, outcome: NEVER };
    this.#members.add(member);
    this.#send(member, kernel);
    return true;
  }

  /** Calls those again who have gone. */
  recall(kernel: KernelInstance): void {
    for (const member of this.#members) if (!this.#board.isThere(member.helper)) this.#send(member, kernel);
  }

  #send(member: Member, kernel: KernelInstance): void {
    this.#board.expect(member.helper);
    member.calls++;
    member.outcome = member.thread.assist({ type: 'assist', board: this.#board.buffer, helper: member.helper }, kernel);
    void member.outcome.then(outcome => this.#hear(member, outcome));
  }

  #hear(member: Member, outcome: Outcome): void {
    member.calls--;
    const { helper, thread } = member;
    if (!this.#board.hasCome(helper)) reportIfBroken(outcome);
    else if (outcome.type === 'fail') this.#lost = decodeError(outcome.error);
    else if (outcome.type === 'ended' && this.#board.isActive(helper)) this.#lost = lostWorker(outcome.cause);
    if (outcome.type === 'ended') this.#board.forget(helper);
    if (member.calls > 0) return;
    this.#members.delete(member);
    this.#board.forget(helper);
    pool.release(thread);
  }

  begin({ memory }: KernelInstance): void {
    this.isBusy = true;
    this.#memory = memory;
  }

  /** Posts as many units from `first` on as there is room for. */
  post(
    work: {
      readonly exports: object;
      readonly kernel: KernelInstance;
      readonly scratch: Scratches;
      readonly most: number;
    },
    units: readonly Unit[],
    first: number,
  ): number {
    const { exports, kernel, scratch, most } = work;
    return this.#board.post({ kernel: kernel.key, scratch, most }, exports, units, first);
  }

  claim(): number {
    return this.#board.claim();
  }

  /** Ends the posting; whether all helpers have left it, and well. */
  close(): boolean {
    this.#board.close();
    for (const end = performance.now() + SPIN_MS; this.#board.isActive() && performance.now() < end; );
    return !this.#board.isActive() && !this.#board.hasFailed && this.#lost === undefined;
  }

  /** Resolves when no helper is active any more. @throws WorkerError if one was lost inside a unit, or what it threw. */
  async left(): Promise<void> {
    while (this.#board.isActive()) {
      const outcomes = [...this.#members].map(({ outcome }) => outcome);
      await Promise.race([this.#board.change() ?? new Promise(resolve => setTimeout(resolve, 0)), ...outcomes]);
    }
    if (this.#board.hasFailed) await Promise.all([...this.#members].map(({ outcome }) => outcome));
    const lost = this.#lost;
    this.#lost = undefined;
    if (lost !== undefined) throw lost;
  }

  /** To be called at the end in any case. */
  finish(isOpen: boolean): void {
    if (isOpen) this.#board.stop();
    const free = () => {
      this.isBusy = false;
    };
    if (!this.#board.isActive()) {
      free();
      return;
    }
    const left = this.left().catch(() => {});
    noteLeaving(this.#memory!, left);
    void left.then(free);
  }
}

function lostWorker(cause: unknown): WorkerError {
  const error = new WorkerError({
    action: 'share a computation with a worker',
    rule: 'the worker must live until it has finished',
    received: showCause(cause),
  });
  error.cause = cause;
  return error;
}
