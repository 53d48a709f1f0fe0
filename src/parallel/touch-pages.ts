/** Doubles of the smallest page that hosts have, and pages between two looks at the signs. */
const PAGE = 512;
const PAGES = 64;

/** Words of shared memory by which a worker says that it has come, and the caller that it waits no longer. */
export type Signs = Int32Array;
const [CAME, LEFT] = [0, 1];

export function makeSigns(): Signs {
  return new Int32Array(new SharedArrayBuffer(8));
}

export function resetSigns(signs: Signs): void {
  Atomics.store(signs, LEFT, 0);
  Atomics.store(signs, CAME, 0);
}

/** Whether a worker has ever begun. */
export function hasCome(signs: Signs): boolean {
  return Atomics.load(signs, CAME) === 1;
}

export function leave(signs: Signs): void {
  Atomics.store(signs, LEFT, 1);
}

/** What a worker does for a {@link Room}: touches pages until all are or the caller wants them; none if that is before it came. */
export function touchPages(length: number, signs: Signs): Float64Array<ArrayBuffer> {
  Atomics.store(signs, CAME, 1);
  const hasLeft = () => Atomics.load(signs, LEFT) === 1;
  if (hasLeft()) return new Float64Array(0);
  const room = new Float64Array(length);
  for (let from = 0; from < length && !hasLeft(); from += PAGE * PAGES) {
    const to = Math.min(length, from + PAGE * PAGES);
    for (let at = from; at < to; at += PAGE) room[at] = 0;
  }
  return room;
}
