import { type Work, waitIfPossible } from '../work/index.ts';
import { countThreads } from './set-threads.ts';
import { canShareMemory } from './shared-memory.ts';

/**
 * Room for a large result that is to come. The host gives memory out page by page, when each is first touched, and that
 * takes longer than to fill it; so an idle worker touches the pages while the caller finds out what to write there.
 */
export interface Room {
  readonly length: number;
  /** The doubles, all zero, of whose pages the worker has touched as many as it could; to be called once. */
  take(): Work<Float64Array>;
  /** To be called at the end in any case: a worker that is still at it leaves off. */
  leave(): void;
}

/** Smaller results often get memory that was used before, whose pages need not be given out again. */
const FEWEST_DOUBLES = 2 ** 22;

/** Undefined where no worker is free, where the room is small, or where the caller cannot wait. */
export function* startRoom(length: number): Work<Room | undefined> {
  if (length < FEWEST_DOUBLES || countThreads() < 2 || !canShareMemory()) return undefined;
  return yield* waitIfPossible(async () => {
    const { lendRoom } = await import('./lend-room.ts');
    return lendRoom(length);
  });
}
