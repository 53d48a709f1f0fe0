import { assert } from '../../errors/index.ts';
import type { LeasedMemory } from '../lease.ts';
import type { RankTable } from './rank-table.ts';

/** Where a tree is grown: from `start` on in a memory. */
export interface Site {
  readonly memory: WebAssembly.Memory;
  readonly start: number;
  /** Where the codes lie already; otherwise they are copied to the start of the memory. */
  readonly codes: number | undefined;
  /** Makes room up to so many bytes from the memory's start. */
  reserve(bytes: number): ArrayBufferLike;
}

/** A memory of one's own. */
export function siteIn(lease: LeasedMemory): Site {
  return { memory: lease.memory, start: 0, codes: undefined, reserve: bytes => lease.reserve(bytes) };
}

/** Beside the table's codes, in a room that is free, to be left by `leave`; undefined where the table has no rooms here. */
export function enterRoom({ rooms, codes }: RankTable): (Site & { leave(): void }) | undefined {
  if (rooms?.memory === undefined) return undefined;
  const { memory, taken, first, bytes } = rooms;
  const room = taken.findIndex((_, i) => Atomics.compareExchange(taken, i, 0, 1) === 0);
  assert(room >= 0, 'there are as many rooms as trees grow at a time');
  const start = first + room * bytes;
  const reserve = (end: number) => {
    assert(end <= start + bytes, 'a tree grows in its room');
    return memory.buffer;
  };
  return { memory, start, codes: codes.byteOffset, reserve, leave: () => Atomics.store(taken, room, 0) };
}
