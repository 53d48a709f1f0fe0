import type { RandomStream } from '../../random/index.ts';

const WORD = 2 ** 32;

/**
 * Uniform integer in [0, range) as LIBLINEAR draws it inside scikit-learn: the high word of a 32-bit draw times the
 * range, redrawn where the low word would bias it (D. Lemire, "Fast random integer generation in an interval", 2019).
 */
function boundedDraw(random: RandomStream, range: number): number {
  for (;;) {
    const word = random.randint(0, WORD);
    // word * range has up to 64 bits: 16 bits of the word at a time stay within the 53 of a double.
    const low = (word & 0xffff) * range;
    const high = (word >>> 16) * range + Math.floor(low / 65536);
    const rest = (high % 65536) * 65536 + (low % 65536);
    if (rest >= (WORD - range) % range) return Math.floor(high / 65536);
  }
}

/** Shuffles the first `count` positions in place. */
export function shuffleFirst(order: Int32Array, count: number, random: RandomStream): void {
  for (let i = 0; i < count; i++) {
    const j = i + boundedDraw(random, count - i);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
