import { WorkerError, warn } from '../errors/index.ts';
import { POOL_CLOSED, pool, showCause } from './pool.ts';
import { noteLeaving } from './run-units.ts';
import type { Outcome, Thread } from './thread.ts';
import {
  CONTROL_WORDS,
  type Control,
  claim,
  hasCome,
  type KernelInstance,
  reset,
  type Scratches,
  stop,
  type Unit,
} from './units.ts';
import { decodeError } from './wire-error.ts';

/** Units, and where and with what they are done. */
export interface SharedUnits {
  readonly kernel: KernelInstance;
  readonly units: readonly Unit[];
  readonly scratch: Scratches;
}

/** Most pieces of work that share their units out at one time; others are done by one thread. */
const MOST_CONTROLS = 64;
/** A worker is started when so much was done without it that it would have paid: it takes about 100 ms to be there. */
const OPS_OF_A_START = 2 ** 27;

const controls: Control[] = [];
let madeControls = 0;
let opsWithout = 0;
let cannotStart = false;

/** Up to `most` workers that take units from now on; undefined where none is free. */
export function lendHelpers(work: SharedUnits, most: number, ops: number): Helpers | undefined {
  const threads = lendThreads(most, ops);
  const control = threads.length > 0 ? takeControl() : undefined;
  if (control !== undefined) return new Helpers(work, threads, control);
  for (const thread of threads) pool.release(thread);
  return undefined;
}

/** Up to `most` workers for `ops` element-operations. */
export function lendThreads(most: number, ops: number): Thread[] {
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

export function takeControl(): Control | undefined {
  const free = controls.pop();
  if (free !== undefined) return free;
  if (madeControls === MOST_CONTROLS) return undefined;
  madeControls++;
  return new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS));
}

/** To be called when no worker looks at it any more. */
export function returnControl(control: Control): void {
  controls.push(control);
}

/** The workers that help with one piece of work. */
export class Helpers {
  readonly #control: Control;
  readonly #memory: WebAssembly.Memory;
  readonly #outcomes: readonly Promise<Outcome>[];
  #isOver = false;

  constructor({ kernel, units, scratch }: SharedUnits, threads: readonly Thread[], control: Control) {
    reset(control);
    this.#control = control;
    this.#memory = kernel.memory;
    this.#outcomes = threads.map(async (thread, helper) => {
      const own = scratch.pointer + (helper + 1) * scratch.bytes;
      const outcome = await thread.assist(
        { type: 'assist', kernel: kernel.key, units, control, helper, scratch: own },
        kernel,
      );
      pool.release(thread);
      if (!hasCome(control, helper)) reportIfBroken(outcome);
      return outcome;
    });
  }

  claim(): number {
    return claim(this.#control);
  }

  /** Whether some may still be at work. */
  haveCome(): boolean {
    return this.#come().length > 0;
  }

  /** Resolves when no helper works any more. Those that have not come by now will find nothing to do. */
  async finished(): Promise<void> {
    const outcomes = await Promise.all(this.#come());
    this.#isOver = true;
    for (const outcome of outcomes) checkOutcome(outcome);
  }

  /** To be called at the end in any case: nothing more is begun. Helpers that come late still look at the control. */
  stop(): void {
    stop(this.#control);
    if (!this.#isOver && this.haveCome()) noteLeaving(this.#memory, Promise.all(this.#come()));
    void Promise.all(this.#outcomes).then(() => returnControl(this.#control));
  }

  #come(): Promise<Outcome>[] {
    return this.#outcomes.filter((_, helper) => hasCome(this.#control, helper));
  }
}

function checkOutcome(outcome: Outcome): void {
  if (outcome.type === 'fail') throw decodeError(outcome.error);
  if (outcome.type === 'done') return;
  const error = new WorkerError({
    action: 'share a computation with a worker',
    rule: 'the worker must live until it has finished',
    received: showCause(outcome.cause),
  });
  error.cause = outcome.cause;
  throw error;
}
