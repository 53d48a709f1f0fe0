import type { Matrix } from '../../array/index.ts';
import { ownArena } from '../arena.ts';
import type { Bracket } from './brackets.ts';
import { type Sifting, TALLIES } from './reference.ts';

/** A part of a matrix: some columns of some rows, ends excluded. */
export interface Part {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** How the values of one column lie to one bracket. */
export class Sifted {
  /** Values that are no NaN. */
  numbers = 0;
  /** Values < lower, <= lower and <= upper. */
  below = 0;
  toLower = 0;
  toUpper = 0;
  /** The values strictly between, and room for more. */
  #between: Float64Array;
  #count = 0;

  /** @param room values between that it first has room for */
  constructor(room: number) {
    this.#between = new Float64Array(room);
  }

  /** Adds what sifting found of column `j`. */
  add({ tallies, found, rows }: Sifting, j: number): void {
    const own = j * TALLIES;
    this.numbers += tallies[own]!;
    this.below += tallies[own + 1]!;
    this.toLower += tallies[own + 2]!;
    this.toUpper += tallies[own + 3]!;
    const count = this.#count + tallies[own + 4]!;
    if (count > this.#between.length) this.#makeRoom(count);
    for (let at = this.#count, from = j * rows; at < count; at++, from++) this.#between[at] = found[from]!;
    this.#count = count;
  }

  /** The values strictly between, as a view. */
  between(): Float64Array {
    return this.#between.subarray(0, this.#count);
  }

  #makeRoom(count: number): void {
    const longer = new Float64Array(2 * count);
    longer.set(this.between());
    this.#between = longer;
  }
}

/** Adds the values of a part to what is known; `brackets` and `results` are lists per share of one entry per column. */
export function siftPart(
  sift: (sifting: Sifting) => void,
  X: Matrix,
  part: Part,
  brackets: readonly (readonly Bracket[])[],
  results: readonly (readonly Sifted[])[],
): void {
  const rows = part.toRow - part.fromRow;
  const width = part.toColumn - part.fromColumn;
  // The kernel takes columns by twos, and so a place beyond an odd number of them.
  const even = width + (width & 1);
  const lengths = [rows * width + 1, even, even, even * TALLIES, even * rows + 2];
  ownArena.withScratch(
    lengths.map(length => length * 8),
    scratch => {
      const [block, lower, upper, tallies, found] = lengths.map(length => scratch.float64(length)) as Views;
      copyPart(X, part, block);
      brackets.forEach((list, share) => {
        for (let j = 0; j < width; j++) {
          lower[j] = list[j]!.lower;
          upper[j] = list[j]!.upper;
        }
        const sifting = { block, rows, width, lower, upper, tallies, found };
        sift(sifting);
        for (let j = 0; j < width; j++) results[share]![j]!.add(sifting, j);
      });
    },
  );
}

type Views = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function copyPart(
  { data, columns }: Matrix,
  { fromRow, toRow, fromColumn, toColumn }: Part,
  block: Float64Array,
): void {
  const width = toColumn - fromColumn;
  if (width === columns) {
    block.set(data.subarray(fromRow * columns, toRow * columns));
    return;
  }
  for (let i = fromRow, at = 0; i < toRow; i++, at += width) {
    block.set(data.subarray(i * columns + fromColumn, i * columns + toColumn), at);
  }
}
