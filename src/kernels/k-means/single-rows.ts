import type { Matrix } from '../../array/index.ts';
import { inBlocks, type Work } from '../../work/index.ts';
import { borrow, giveBack, type Loan } from '../arena.ts';
import { Places } from '../places.ts';
import type { ResidentRows } from '../resident-rows.ts';

/** What this needs of the kernel. */
export interface SingleExports {
  largest(values: number, count: number): number;
  toSingle(rows: number, n: number, columns: number, scale: number, singles: number, norms: number): void;
}

/** Where a window's rows stand in single precision, and their squared lengths. */
export interface SinglePlaces {
  readonly singles: number;
  readonly norms: number;
}

/**
 * Rows in single precision beside the same rows in double, scaled by a power of two so that no value exceeds 1: made once
 * where the rows stay in the arena, else for every window.
 */
export class SingleRows {
  readonly #kernel: SingleExports;
  readonly #rows: ResidentRows;
  readonly #X: Matrix;
  readonly #norms: number;
  readonly #height: number;
  readonly #loan: Loan;
  #scale: number | undefined;
  #isMade = false;

  /** @param height Rows of a window. */
  constructor(kernel: object, rows: ResidentRows, X: Matrix, height: number) {
    this.#kernel = kernel as SingleExports;
    this.#rows = rows;
    this.#X = X;
    this.#height = height;
    const places = new Places();
    places.take(4 * X.columns * height);
    this.#norms = places.take(4 * height);
    this.#loan = borrow(places.bytes);
  }

  /** What rows are multiplied by; not a number where they are not all finite. */
  *scale(): Work<number> {
    if (this.#scale !== undefined) return this.#scale;
    const { rows, columns } = this.#X;
    let greatest = 0;
    for (let from = 0; from < rows; from += this.#height) {
      const to = Math.min(rows, from + this.#height);
      const pointer = this.#rows.pointerTo(from, to);
      yield* inBlocks(to - from, columns, (start, end) => {
        const part = this.#kernel.largest(pointer + 8 * columns * start, columns * (end - start));
        // Not Math.max of parts only: what is no number must be noticed.
        greatest = part > greatest || Number.isNaN(part) ? part : greatest;
      });
    }
    this.#scale = powerBelow(greatest);
    return this.#scale;
  }

  /** Rows `from` to `to`, which begin at `pointer` in double precision. */
  *at(pointer: number, from: number, to: number): Work<SinglePlaces> {
    const { columns, rows } = this.#X;
    const scale = yield* this.scale();
    const places = { singles: this.#loan.pointer, norms: this.#loan.pointer + this.#norms };
    if (this.#isMade) return { singles: places.singles + 4 * columns * from, norms: places.norms + 4 * from };
    yield* inBlocks(to - from, columns, (start, end) => {
      const own = pointer + 8 * columns * start;
      const singles = places.singles + 4 * columns * start;
      this.#kernel.toSingle(own, end - start, columns, scale, singles, places.norms + 4 * start);
    });
    this.#isMade = this.#height === rows;
    return places;
  }

  close(): void {
    giveBack(this.#loan);
  }
}

/** A power of two p with p * greatest in (1/2, 1], as far as there is one. */
function powerBelow(greatest: number): number {
  if (!Number.isFinite(greatest)) return Number.NaN;
  let scale = 1;
  while (scale * greatest > 1) scale /= 2;
  while (greatest > 0 && scale * greatest <= 0.5 && scale < 2 ** 1000) scale *= 2;
  return scale;
}
