import { demand, demandCount, demandList, isSize } from './arguments.ts';
import { type ChoiceOptions, drawPositions } from './choice.ts';
import { type MersenneState, MersenneTwister } from './mt19937.ts';
import type { Stream } from './stream.ts';

/** A list whose elements can be swapped. */
export interface Shuffleable {
  readonly length: number;
  [index: number]: unknown;
}

/** Where a stream stands; plain, so that it can be stored or sent to another thread. */
export interface RandomStateSnapshot extends MersenneState {
  /** The second normal of the last pair, while it has not been handed out. */
  readonly gauss: number | null;
}

const WORD = 2 ** 32;

/**
 * The draws of numpy's legacy `RandomState` that estimators live on: uniform and normal numbers, integers, and orders.
 * Apart from {@link RandomState}, whose other distributions would come along with every estimator.
 */
export class RandomStream implements Stream {
  #bits: MersenneTwister;
  #gauss: number | null = null;

  /**
   * @param seed integer in [0, 2^32)
   * @throws InvalidParamError if it is not
   */
  constructor(seed: number) {
    const isWord = Number.isInteger(seed) && seed >= 0 && seed < WORD;
    demand(isWord, 'random numbers', 'the seed must be a whole number in [0, 2^32)', seed);
    this.#bits = MersenneTwister.seeded(seed);
  }

  /** Goes on where `getState` was called, for all who share this stream. */
  setState({ gauss, ...state }: RandomStateSnapshot): void {
    this.#bits = MersenneTwister.fromState(state);
    this.#gauss = gauss;
  }

  getState(): RandomStateSnapshot {
    return { ...this.#bits.state(), gauss: this.#gauss };
  }

  /** Uniform in [0, 1). */
  random(): number {
    return this.#bits.double();
  }

  randomSample(n: number): Float64Array {
    return fill(n, 'random numbers', () => this.#bits.double());
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  uniform(low: number, high: number, n: number): Float64Array;
  uniform(low: number, high: number, n?: number): number | Float64Array {
    const areFinite = Number.isFinite(low) && Number.isFinite(high) && Number.isFinite(high - low);
    demand(areFinite, 'uniform', 'the bounds and their difference must be finite', [low, high]);
    return draws('uniform', n, () => low + (high - low) * this.#bits.double());
  }

  /** Uniform integer in [low, high), by masked rejection; arrays need bounds within 32 bits. */
  randint(low: number, high: number): number;
  randint(low: number, high: number, n: number): Int32Array;
  randint(low: number, high: number, n?: number): number | Int32Array {
    const areIntegers = Number.isSafeInteger(low) && Number.isSafeInteger(high) && Number.isSafeInteger(high - low);
    demand(areIntegers && low < high, 'randint', 'low and high must be integers with low < high', [low, high]);
    if (n === undefined) return low + this.#atMost(high - low - 1);
    demandCount(n, 'randint');
    demand(low >= -(2 ** 31) && high <= 2 ** 31, 'randint', 'the bounds of an array must lie in 32 bits', [low, high]);
    const values = new Int32Array(n);
    if (high - low > 1) this.#bits.fillAtMost(values, high - low - 1);
    if (low !== 0) for (let i = 0; i < n; i++) values[i]! += low;
    return values;
  }

  /** The integers 0 ... n - 1, or a copy of a list, in random order. */
  permutation(n: number): Int32Array;
  permutation<T>(list: readonly T[]): T[];
  permutation<T>(what: number | readonly T[]): Int32Array | T[] {
    if (typeof what !== 'number') {
      demandList(what, 'permutation', 'the list');
      const copy = [...what];
      this.shuffle(copy);
      return copy;
    }
    demandCount(what, 'permutation');
    const positions = new Int32Array(what).map((_, i) => i);
    this.shuffle(positions);
    return positions;
  }

  /** Shuffles a list in place. */
  shuffle(list: Shuffleable): void {
    demandList(list, 'shuffle', 'the list');
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#atMost(i);
      const value = list[i];
      list[i] = list[j];
      list[j] = value;
    }
  }

  /** `n` values of a list, or of the integers 0 ... population - 1. */
  choice(population: number, n: number, options?: ChoiceOptions): Int32Array;
  choice<T>(population: readonly T[], n: number, options?: ChoiceOptions): T[];
  choice<T>(population: number | readonly T[], n: number, options: ChoiceOptions = {}): Int32Array | T[] {
    if (typeof population === 'number') return drawPositions(this, population, n, options);
    demandList(population, 'choice', 'the population');
    return Array.from(drawPositions(this, population.length, n, options), i => population[i] as T);
  }

  /** Mean 0, variance 1, by the polar method: values come in pairs, the second is kept for the next call. */
  standardNormal(): number;
  standardNormal(n: number): Float64Array;
  standardNormal(n?: number): number | Float64Array {
    return draws('standardNormal', n, () => this.#nextGauss());
  }

  /** Normal with mean `loc` and standard deviation `scale`. */
  normal(loc: number, scale: number): number;
  normal(loc: number, scale: number, n: number): Float64Array;
  normal(loc: number, scale: number, n?: number): number | Float64Array {
    demand(Number.isFinite(loc), 'normal', 'loc must be finite', loc);
    demand(isSize(scale), 'normal', 'scale must be finite and >= 0', scale);
    return draws('normal', n, () => loc + scale * this.#nextGauss());
  }

  /** Uniform integer in [0, max]: the smallest mask of ones that covers `max`, and rejection above it. */
  #atMost(max: number): number {
    if (max === 0) return 0;
    if (max >= WORD) return this.#atMostWide(max);
    const mask = -1 >>> Math.clz32(max);
    for (;;) {
      const value = (this.#bits.bits() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  /** The same for 2^32 <= max < 2^53: the first word is the high one. */
  #atMostWide(max: number): number {
    const mask = -1 >>> Math.clz32(Math.floor(max / WORD));
    for (;;) {
      const high = (this.#bits.bits() & mask) >>> 0;
      const value = high * WORD + (this.#bits.bits() >>> 0);
      if (value <= max) return value;
    }
  }

  #nextGauss(): number {
    const kept = this.#gauss;
    if (kept !== null) {
      this.#gauss = null;
      return kept;
    }
    let x: number;
    let y: number;
    let squared: number;
    do {
      x = 2 * this.#bits.double() - 1;
      y = 2 * this.#bits.double() - 1;
      squared = x * x + y * y;
    } while (squared >= 1 || squared === 0);
    const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
    this.#gauss = factor * x;
    return factor * y;
  }
}

/** One value, or an array of `n`. */
export function draws(what: string, n: number | undefined, one: () => number): number | Float64Array {
  return n === undefined ? one() : fill(n, what, one);
}

export function fill(n: number, what: string, one: () => number): Float64Array {
  demandCount(n, what);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = one();
  return values;
}
