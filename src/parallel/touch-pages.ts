import { arrive, type Control, isStopped } from './units.ts';

/** Doubles of the smallest page that hosts have, and pages between two looks at the control. */
const PAGE = 512;
const PAGES = 64;

/** What a worker does for a {@link Room}: touches pages until all are or the caller wants them; none if that is before it came. */
export function touchPages(length: number, control: Control): Float64Array<ArrayBuffer> {
  arrive(control, 0);
  if (isStopped(control)) return new Float64Array(0);
  const room = new Float64Array(length);
  for (let from = 0; from < length && !isStopped(control); from += PAGE * PAGES) {
    const to = Math.min(length, from + PAGE * PAGES);
    for (let at = from; at < to; at += PAGE) room[at] = 0;
  }
  return room;
}
