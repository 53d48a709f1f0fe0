import type { Checkpoint, Work } from '../../src/work/index.ts';

/** The checkpoints of work that is driven as where nothing can be waited for. */
export function* checkpoints<T>(work: Work<T>): Generator<Checkpoint, T> {
  let state = work.next();
  while (!state.done) {
    if (!('pending' in state.value)) yield state.value;
    else if (state.value.isOptional !== true) throw new Error('the work must not wait');
    state = work.next();
  }
  return state.value;
}
