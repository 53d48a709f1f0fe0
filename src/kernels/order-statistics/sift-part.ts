import type { Matrix } from '../../array/index.ts';
import { withScratch } from '../arena.ts';
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
  readonly #between: Float64Array[] = [];

  add(tallies: Float64Array, between: Float64Array): void {
    this.numbers += tallies[0]!;
    this.below += tallies[1]!;
    this.toLower += tallies[2]!;
    this.toUpper += tallies[3]!;
    if (tallies[4]! > 0) this.#between.push(between.slice(0, tallies[4]!));
  }

  /** The values strictly between, in one list. */
  between(): Float64Array {
    const whole = new Float64Array(this.#between.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#between) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
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
  withScratch(
    lengths.map(length => length * 8),
    scratch => {
      const [block, lower, upper, tallies, found] = lengths.map(length => scratch.float64(length)) as Views;
      copyPart(X, part, block);
      brackets.forEach((list, share) => {
        for (let j = 0; j < width; j++) {
          lower[j] = list[j]!.lower;
          upper[j] = list[j]!.upper;
        }
        sift({ block, rows, width, lower, upper, tallies, found });
        results[share]!.forEach((sifted, j) => {
          sifted.add(tallies.subarray(j * TALLIES), found.subarray(j * rows));
        });
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
