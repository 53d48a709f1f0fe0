import { type Work, waitIfPossible } from '../work/index.ts';
import { lendThreads, returnControl, takeControl } from './lend-helpers.ts';
import { pool } from './pool.ts';
import type { Room } from './room.ts';
import type { Outcome, Thread } from './thread.ts';
import { type Control, hasCome, reset, stop } from './units.ts';
import { decode } from './wire.ts';

/** Element-operations in the time that it takes to touch the page of one double. */
const OPS_OF_A_DOUBLE = 16;

/** Room that a worker makes from now on; undefined where none is free. */
export function lendRoom(length: number): Room | undefined {
  const [thread] = lendThreads(1, length * OPS_OF_A_DOUBLE);
  if (thread === undefined) return undefined;
  const control = takeControl();
  if (control !== undefined) return new LentRoom(length, thread, control);
  pool.release(thread);
  return undefined;
}

class LentRoom implements Room {
  readonly length: number;
  readonly #control: Control;
  readonly #outcome: Promise<Outcome>;

  constructor(length: number, thread: Thread, control: Control) {
    reset(control);
    this.length = length;
    this.#control = control;
    this.#outcome = thread.makeRoom({ type: 'room', length, control }).finally(() => {
      pool.release(thread);
      returnControl(control);
    });
  }

  *take(): Work<Float64Array> {
    this.leave();
    // A worker that has not come yet will find that nothing is to be done.
    const outcome = hasCome(this.#control, 0) ? yield* waitIfPossible(() => this.#outcome) : undefined;
    const room = outcome?.type === 'done' ? (decode(outcome.result) as Float64Array) : undefined;
    return room?.length === this.length ? room : new Float64Array(this.length);
  }

  leave(): void {
    stop(this.#control);
  }
}
