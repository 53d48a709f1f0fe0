import { type Work, waitIfPossible } from '../work/index.ts';
import { callThreads } from './lend-helpers.ts';
import { pool } from './pool.ts';
import type { Room } from './room.ts';
import type { Outcome, Thread } from './thread.ts';
import { hasCome, leave, makeSigns, resetSigns, type Signs } from './touch-pages.ts';
import { decode } from './wire.ts';

/** Element-operations in the time that it takes to touch the page of one double. */
const OPS_OF_A_DOUBLE = 16;

/** Kept for the next room: hosts do not take shared memory back. */
const spare: Signs[] = [];

/** Room that a worker makes from now on; undefined where none is free. */
export function lendRoom(length: number): Room | undefined {
  const [thread] = callThreads(1, length * OPS_OF_A_DOUBLE);
  return thread && new LentRoom(length, thread);
}

class LentRoom implements Room {
  readonly length: number;
  readonly #signs = spare.pop() ?? makeSigns();
  readonly #outcome: Promise<Outcome>;

  constructor(length: number, thread: Thread) {
    resetSigns(this.#signs);
    this.length = length;
    this.#outcome = thread.makeRoom({ type: 'room', length, signs: this.#signs }).finally(() => {
      pool.release(thread);
      spare.push(this.#signs);
    });
  }

  *take(): Work<Float64Array> {
    this.leave();
    // A worker that has not come yet will find that nothing is to be done.
    const outcome = hasCome(this.#signs) ? yield* waitIfPossible(() => this.#outcome) : undefined;
    const room = outcome?.type === 'done' ? (decode(outcome.result) as Float64Array) : undefined;
    return room?.length === this.length ? room : new Float64Array(this.length);
  }

  leave(): void {
    leave(this.#signs);
  }
}
