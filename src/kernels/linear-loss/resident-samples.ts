import { arenaMemory, borrow, giveBack, type Loan } from '../arena.ts';
import { Places } from '../places.ts';
import { type LinearProblem, upTo4 } from './block.ts';

/** The last columns of rows are read with three numbers more. */
const SLACK = 32;

/** Rows of X with their codes and weights in the arena, filled up to a multiple of four by rows of weight 0. */
export class ResidentSamples {
  readonly #loan: Loan;
  readonly #columns: number;
  readonly #codes: number;
  readonly #weights: number;

  /** @throws UnsupportedError if the host cannot give the memory. */
  constructor({ X, codes, weights }: LinearProblem) {
    const rows = upTo4(X.rows);
    const places = new Places();
    places.take(8 * rows * X.columns + SLACK);
    this.#columns = X.columns;
    this.#codes = places.take(4 * rows);
    this.#weights = places.take(8 * rows);
    this.#loan = borrow(places.bytes);
    const { buffer } = arenaMemory();
    put(new Float64Array(buffer, this.#loan.pointer, rows * X.columns), X.data);
    put(new Int32Array(buffer, this.#loan.pointer + this.#codes, rows), codes);
    put(new Float64Array(buffer, this.#loan.pointer + this.#weights, rows), weights);
  }

  /** Where rows begin. */
  pointerTo(from: number): number {
    return this.#loan.pointer + 8 * from * this.#columns;
  }

  codesFrom(from: number): number {
    return this.#loan.pointer + this.#codes + 4 * from;
  }

  weightsFrom(from: number): number {
    return this.#loan.pointer + this.#weights + 8 * from;
  }

  close(): void {
    giveBack(this.#loan);
  }
}

function put<A extends Float64Array | Int32Array>(to: A, values: A): void {
  to.set(values);
  to.fill(0, values.length);
}
