import type { Matrix } from '../array/index.ts';
import { arenaMemory, borrow, giveBack, type Loan } from './arena.ts';

/** Rows of larger matrices are copied in for every visit; smaller ones lie in the arena all the time. */
const MOST_BYTES = 2 ** 28;
/** Bytes of the window through which larger ones are seen. */
const WINDOW_BYTES = 2 ** 20;
/** Kernels that take several columns at a time read a little beyond the last row. */
const SLACK = 32;

/**
 * The rows of a matrix where kernels can read them: copied into the arena once, or, where they are too many, window
 * by window. Whoever makes one closes it in a `finally`.
 */
export class ResidentRows {
  readonly #X: Matrix;
  readonly #loan: Loan;
  /** Rows that can be asked for at once. */
  readonly height: number;

  /** Whether all rows would lie in the arena all the time. */
  static canHold({ rows, columns }: Matrix): boolean {
    return 8 * rows * columns <= MOST_BYTES;
  }

  /** @throws UnsupportedError if the host cannot give the memory. */
  constructor(X: Matrix) {
    this.#X = X;
    const bytesPerRow = 8 * X.columns;
    this.height = ResidentRows.canHold(X) ? X.rows : Math.max(1, Math.floor(WINDOW_BYTES / bytesPerRow));
    this.#loan = borrow(this.height * bytesPerRow + SLACK);
    if (this.isWhole) this.#copy(0, X.rows);
  }

  /** Where rows `from` to `to` lie; valid until the next call. */
  pointerTo(from: number, to: number): number {
    if (this.isWhole) return this.#loan.pointer + 8 * from * this.#X.columns;
    this.#copy(from, to);
    return this.#loan.pointer;
  }

  /** A copy of rows `from` to `to` as they lie there, which may be otherwise than they came. */
  copyOf(from: number, to: number): Float64Array {
    const { data, columns } = this.#X;
    if (!this.isWhole) return data.slice(from * columns, to * columns);
    return new Float64Array(arenaMemory().buffer, this.pointerTo(from, to), (to - from) * columns).slice();
  }

  close(): void {
    giveBack(this.#loan);
  }

  /** Whether all rows lie in the arena all the time. */
  get isWhole(): boolean {
    return this.height === this.#X.rows;
  }

  #copy(from: number, to: number): void {
    const { data, columns } = this.#X;
    const part = data.subarray(from * columns, to * columns);
    new Float64Array(arenaMemory().buffer, this.#loan.pointer, part.length).set(part);
  }
}
