/**
 * Reflections of a symmetric matrix from both sides, as its reduction to tridiagonal form makes one after the other. Cost:
 * 4 operations per reflection and element of the upper triangle. The matrix lies in the arena meanwhile. Versions:
 * `reference.ts` and `kernel.as.ts`, equal to the bit.
 */
import type { Matrix } from '../../array/index.ts';
import { arenaMemory, borrow, giveBack, type Loan } from '../arena.ts';
import { WASM_BASE64 } from '../generated/two-sided-reflection.ts';
import { lazyKernel } from '../load.ts';
import { Places } from '../places.ts';
import { reflectBothSides } from './reference.ts';

interface ReflectionExports {
  reflectBothSides(a: number, n: number, v: number, w: number, tau: number, from: number): void;
}

/** Below so many columns the way into the arena costs more than it saves. */
const FEWEST_COLUMNS = 16;

const kernel = lazyKernel<ReflectionExports>(WASM_BASE64);

/** A symmetric matrix, of which the upper triangle counts, while it is reflected. */
export interface Reflected {
  /** Row `i`, good until the next call of anything that uses the arena. */
  row(i: number): Float64Array;
  /** A <- H A H for H = I - tau v v', on the rows and columns from `from` on. */
  reflect(v: Float64Array, tau: number, from: number): void;
  /** To be called in a `finally`. */
  end(): void;
}

/** The matrix itself is used up. */
export function reflected(A: Matrix): Reflected {
  const fast = A.columns < FEWEST_COLUMNS ? undefined : kernel();
  return fast === undefined ? new ByLoops(A) : new ByKernel(fast, A);
}

class ByLoops implements Reflected {
  readonly #A: Matrix;

  constructor(A: Matrix) {
    this.#A = A;
  }

  row(i: number): Float64Array {
    return this.#A.row(i);
  }

  reflect(v: Float64Array, tau: number, from: number): void {
    reflectBothSides(this.#A.data, this.#A.columns, v, tau, from);
  }

  end(): void {}
}

class ByKernel implements Reflected {
  readonly #fast: ReflectionExports;
  readonly #n: number;
  readonly #loan: Loan;
  readonly #v: number;
  readonly #w: number;

  constructor(fast: ReflectionExports, { data, columns }: Matrix) {
    const places = new Places();
    const matrix = places.take(8 * data.length);
    const [v, w] = [places.take(8 * columns), places.take(8 * columns)];
    this.#fast = fast;
    this.#n = columns;
    this.#loan = borrow(places.bytes);
    this.#v = this.#loan.pointer + v;
    this.#w = this.#loan.pointer + w;
    this.#view(this.#loan.pointer + matrix, data.length).set(data);
  }

  row(i: number): Float64Array {
    return this.#view(this.#loan.pointer + 8 * i * this.#n, this.#n);
  }

  reflect(v: Float64Array, tau: number, from: number): void {
    this.#view(this.#v, this.#n).set(v);
    this.#fast.reflectBothSides(this.#loan.pointer, this.#n, this.#v, this.#w, tau, from);
  }

  end(): void {
    giveBack(this.#loan);
  }

  #view(pointer: number, length: number): Float64Array {
    return new Float64Array(arenaMemory().buffer, pointer, length);
  }
}
