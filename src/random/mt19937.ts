const SIZE = 624;
const SHIFT = 397;
/** The twist's constant, as a signed 32-bit integer. */
const TWIST = 0x9908b0df | 0;

/** Where a Mersenne Twister stands: its words, and how many of them are used up. */
export interface MersenneState {
  readonly key: Uint32Array;
  readonly position: number;
}

/**
 * The Mersenne Twister with 2^19937 - 1 states, seeded by one 32-bit word.
 *
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); seeding as in their `init_genrand`
 * (2002), which numpy's legacy generator keeps for integer seeds.
 */
export class MersenneTwister {
  readonly #key: Int32Array;
  #position = SIZE;

  private constructor(key: Int32Array, position: number) {
    this.#key = key;
    this.#position = position;
  }

  /** @param seed integer in [0, 2^32) */
  static seeded(seed: number): MersenneTwister {
    const key = new Int32Array(SIZE);
    let word = seed | 0;
    key[0] = word;
    for (let i = 1; i < SIZE; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) | 0;
      key[i] = word;
    }
    return new MersenneTwister(key, SIZE);
  }

  static fromState({ key, position }: MersenneState): MersenneTwister {
    return new MersenneTwister(Int32Array.from(key), position);
  }

  state(): MersenneState {
    return { key: Uint32Array.from(this.#key), position: this.#position };
  }

  /** The next 32 bits, as a signed integer: the cheapest form for those who mask or shift. */
  bits(): number {
    if (this.#position === SIZE) this.#twist();
    return tempered(this.#key[this.#position++]!);
  }

  /** Fills with uniform words in [0, max], as {@link RandomState.randint} draws them one by one. */
  fillAtMost(values: Int32Array, max: number): void {
    const mask = -1 >>> Math.clz32(max);
    if (max < 2 ** 31) {
      for (let i = 0; i < values.length; ) i = this.#fillFromBlock(values, i, mask, max);
      return;
    }
    for (let i = 0; i < values.length; ) {
      const word = (this.bits() & mask) >>> 0;
      if (word <= max) values[i++] = word;
    }
  }

  /**
   * Goes on filling from position `i` with what is left of the words; returns how far it came. A word is written whether
   * it is refused or not, and the position moves by a sign bit: a branch on it would be mispredicted.
   */
  #fillFromBlock(values: Int32Array, i: number, mask: number, max: number): number {
    if (this.#position === SIZE) this.#twist();
    const key = this.#key;
    let position = this.#position;
    for (; position < SIZE && i < values.length; position++) {
      const word = tempered(key[position]!) & mask;
      values[i] = word;
      i += (word - max - 1) >>> 31;
    }
    this.#position = position;
    return i;
  }

  /** Uniform in [0, 1) with 53 bits, from two words. */
  double(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 2 ** 26 + low) * 2 ** -53;
  }

  #twist(): void {
    const key = this.#key;
    for (let i = 0; i < SIZE - SHIFT; i++) key[i] = key[i + SHIFT]! ^ twisted(key[i]!, key[i + 1]!);
    for (let i = SIZE - SHIFT; i < SIZE - 1; i++) key[i] = key[i + SHIFT - SIZE]! ^ twisted(key[i]!, key[i + 1]!);
    key[SIZE - 1] = key[SHIFT - 1]! ^ twisted(key[SIZE - 1]!, key[0]!);
    this.#position = 0;
  }
}

/** The top bit of one word before the rest of the next, times the twist's matrix. */
function twisted(word: number, next: number): number {
  const y = (word & 0x80000000) | (next & 0x7fffffff);
  return (y >>> 1) ^ (-(y & 1) & TWIST);
}

function tempered(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}
