import { demand } from './arguments.ts';

/** Largest value of one draw. */
const MAX = 2147483647;

/**
 * The 32-bit xorshift that scikit-learn's trees, coordinate descent and stochastic gradient descent draw from.
 *
 * Source: G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003).
 *
 * @example
 * import { XorShift } from 'fitwise';
 * const random = new XorShift(42);
 * random.randInt(0, 10); // 2
 */
export class XorShift {
  #state: number;

  /**
   * @param seed integer in [0, 2^32); 0 counts as 1, for 0 would stay 0
   * @throws InvalidParamError if it is not
   */
  constructor(seed: number) {
    const isWord = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
    demand(isWord, 'random numbers', 'the seed must be a whole number in [0, 2^32)', seed);
    this.#state = seed | 0;
  }

  /** The state, from which `new XorShift(state)` goes on. */
  get state(): number {
    return this.#state >>> 0;
  }

  /** Uniform integer in [0, 2^31). */
  next(): number {
    let s = this.#state === 0 ? 1 : this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s;
    return s & MAX;
  }

  /** Integer in [low, high), uniform but for the bias of the remainder. */
  randInt(low: number, high: number): number {
    return low + (this.next() % (high - low));
  }

  /** Uniform in [low, high]. */
  randUniform(low: number, high: number): number {
    return ((high - low) * this.next()) / MAX + low;
  }
}
