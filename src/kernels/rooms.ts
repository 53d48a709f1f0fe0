import { ownArena } from './arena.ts';
import { Places } from './places.ts';

/** Pointers into this thread's own arena, by name. */
export type Rooms<Name extends string> = Readonly<Record<Name, number>>;

/** Lends rooms of so many bytes in this thread's own arena, each on a cache line. */
export function withRooms<Name extends string>(bytes: Rooms<Name>, body: (at: Rooms<Name>) => void): void {
  const places = new Places();
  const offsets = Object.entries<number>(bytes).map(([name, length]) => [name, places.take(length)] as const);
  const loan = ownArena.borrow(places.bytes);
  try {
    body(Object.fromEntries(offsets.map(([name, offset]) => [name, loan.pointer + offset])) as Rooms<Name>);
  } finally {
    ownArena.giveBack(loan);
  }
}
