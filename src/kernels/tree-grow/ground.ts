import { aligned } from '../arena.ts';
import { type LeasedMemory, MAX_LEASE_BYTES } from '../lease.ts';
import { roomBytes } from './lay-out.ts';
import type { RankTable } from './rank-table.ts';

/** A memory for a table that trees share, and for the trees themselves. */
export interface Ground {
  readonly lease: LeasedMemory;
  /** Trees that grow at a time at most. */
  readonly jobs: number;
}

/** The largest arrays of a table. */
type Arrays = Pick<RankTable, 'codes' | 'values'>;

/** Room for a table's codes and values; ordinary memory without a ground, and where they do not fit. */
export function makeTableArrays(rows: number, columns: number, ground: Ground | undefined): Arrays {
  const size = rows * columns;
  if (ground === undefined || !fits(size, ground))
    return { codes: new Uint32Array(size), values: new Float32Array(size) };
  ground.lease.keepAtStart(undefined);
  ground.lease.reserve(firstRoom(size, ground));
  return arraysIn(ground, size);
}

/** The table with rooms, where it lies on a ground and they fit. */
export function withRooms(table: RankTable, nClasses: number, ground: Ground | undefined): RankTable {
  // Growing may make views useless.
  const size = table.codes.length;
  const distinct = table.values.length;
  if (ground === undefined || !fits(size, ground)) return table;
  const { lease, jobs } = ground;
  const first = firstRoom(size, ground);
  const bytes = roomBytes(table, nClasses);
  if (first + jobs * bytes > MAX_LEASE_BYTES) return table;
  const buffer = lease.reserve(first + jobs * bytes);
  const { codes, values } = arraysIn(ground, size);
  const taken = new Int32Array(buffer, 0, jobs).fill(0);
  const rooms = { memory: lease.memory, taken, first, bytes };
  return { ...table, codes, values: values.subarray(0, distinct), rooms };
}

function arraysIn({ lease, jobs }: Ground, size: number): Arrays {
  const { buffer } = lease.memory;
  const at = aligned(4 * jobs);
  return { codes: new Uint32Array(buffer, at, size), values: new Float32Array(buffer, at + aligned(4 * size), size) };
}

function firstRoom(size: number, { jobs }: Ground): number {
  return aligned(4 * jobs) + 2 * aligned(4 * size);
}

function fits(size: number, ground: Ground): boolean {
  return firstRoom(size, ground) <= MAX_LEASE_BYTES / 2;
}
