import { addScaledInto, dot } from './vectors.ts';

/** A step s and the change y of the gradient along it. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

/**
 * The last pairs of a quasi-Newton iteration, and through them an approximation B of the Hessian that starts from
 * theta I. Source: J. Nocedal, "Updating quasi-Newton matrices with limited storage", 1980.
 */
export class LbfgsMemory {
  readonly #size: number;
  #pairs: readonly Pair[] = [];
  /** The scale of B before the pairs: y'y / s'y of the newest. */
  theta = 1;

  constructor(size: number) {
    this.#size = size;
  }

  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  /** Remembers a pair, for the oldest of which there may be no room. */
  add(s: Float64Array, y: Float64Array, sy: number): void {
    this.#pairs = [...this.#pairs, { s, y, sy }].slice(-this.#size);
    this.theta = dot(y, y) / sy;
  }

  forget(): void {
    this.#pairs = [];
    this.theta = 1;
  }

  /** -B^-1 g by the two-loop recursion: 4 n multiplications per pair. */
  newtonDirection(gradient: Float64Array): Float64Array {
    const direction = new Float64Array(gradient.length);
    for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]!;
    const alphas = new Float64Array(this.#pairs.length);
    for (let k = alphas.length - 1; k >= 0; k--) {
      const { s, y, sy } = this.#pairs[k]!;
      alphas[k] = dot(s, direction) / sy;
      addScaledInto(-alphas[k]!, y, direction);
    }
    for (let i = 0; i < direction.length; i++) direction[i]! /= this.theta;
    for (let k = 0; k < alphas.length; k++) {
      const { s, y, sy } = this.#pairs[k]!;
      addScaledInto(alphas[k]! - dot(y, direction) / sy, s, direction);
    }
    return direction;
  }
}
