import { arenaMemory, borrow, giveBack } from '../arena.ts';

/** Rows `from .. to - 1`, which begin at `pointer`. */
export interface Range {
  readonly pointer: number;
  readonly from: number;
  readonly to: number;
}

/** The parts of a window that lie in one block each; blocks begin at multiples of `height`. */
export function blocksOf({ pointer, from, to }: Range, height: number, columns: number): Range[] {
  const blocks: Range[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, height * (Math.floor(start / height) + 1));
    blocks.push({ pointer: pointer + 8 * columns * (start - from), from: start, to: end });
    start = end;
  }
  return blocks;
}

/** A loan of the arena, with views that must not be kept over checkpoints. */
export class View {
  readonly #loan;

  constructor(bytes: number) {
    this.#loan = borrow(bytes);
  }

  get pointer(): number {
    return this.#loan.pointer;
  }

  doubles(place: number, length: number): Float64Array {
    return new Float64Array(arenaMemory().buffer, this.pointer + place, length);
  }

  singles(place: number, length: number): Float32Array {
    return new Float32Array(arenaMemory().buffer, this.pointer + place, length);
  }

  bytes(place: number, length: number): Uint8Array {
    return new Uint8Array(arenaMemory().buffer, this.pointer + place, length);
  }

  words(place: number, length: number): Int32Array {
    return new Int32Array(arenaMemory().buffer, this.pointer + place, length);
  }

  close(): void {
    giveBack(this.#loan);
  }
}
